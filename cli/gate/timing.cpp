#include "cli/gate/timing.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "cli/identity.hpp"
#include "reports/gate/cpu_time.hpp"
#include "reports/json.hpp"
#include "reports/text.hpp"

namespace lastunit::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSeeds = 4;   // so that no single day decides
constexpr double kEnough_s = 0.25;  // CPU time of one side of a sample: the kernel counts in steps of up to 10 ms
constexpr std::size_t kMostRepeats = 100;

// This very program: also when the file was replaced since.
constexpr const char* kSelf = "/proc/self/exe";

std::vector<std::string> run_words(const Arm& arm, const std::string& binary, std::uint64_t seed) {
    std::vector<std::string> out = {binary, "run", arm.task.scenario(), "--seed", std::to_string(seed), "--quiet"};
    if (!arm.task.design().empty()) out.insert(out.end(), {"--design", arm.task.design()});
    for (const std::string& change : arm.task.changes()) out.insert(out.end(), {"--set", change});
    for (const std::string& folder : arm.task.libraries()) out.insert(out.end(), {"--library", folder});
    return out;
}

[[noreturn]] void become(const std::vector<std::string>& words) {
    std::vector<char*> argv;
    for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));  // NOLINT: execv takes them so
    argv.push_back(nullptr);
    setenv("LASTUNIT_STORE", "none", 1);  // an older lastunit that does not know it keeps nothing anyway
    const int nowhere = open("/dev/null", O_RDWR);
    if (nowhere >= 0) {
        dup2(nowhere, STDIN_FILENO);
        dup2(nowhere, STDOUT_FILENO);
        dup2(nowhere, STDERR_FILENO);
    }
    execv(argv[0], argv.data());
    _exit(127);
}

// Of the process and of all its children; throws when it did not end with a run.
double cpu_seconds(const std::vector<std::string>& words) {
    const pid_t process = fork();
    if (process < 0) throw std::system_error(errno, std::generic_category(), "fork");
    if (process == 0) become(words);
    int status = 0;
    rusage used{};
    while (wait4(process, &status, 0, &used) < 0)
        if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "wait4");
    const bool ran = WIFEXITED(status) && (WEXITSTATUS(status) == kOk || WEXITSTATUS(status) == kGateFailed);
    if (!ran) {
        std::string command;
        for (const std::string& word : words) command += (command.empty() ? "" : " ") + shell_quoted(word);
        throw BadInput("this run did not end: " + command);
    }
    const auto seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6; };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

// One program on the seeds of the comparison.
class Program {
   public:
    Program(const Arm& arm, std::string binary, std::uint64_t first_seed) : binary_(std::move(binary)) {
        const std::string file = (fs::temp_directory_path() / ("lastunit-gate-" + std::to_string(getpid()) + ".json")).string();
        for (std::size_t i = 0; i < kSeeds; ++i) {
            Run run;
            run.words = run_words(arm, binary_, first_seed + i);
            std::vector<std::string> words = run.words;
            words.insert(words.end(), {"--json", file});
            run.cpu_s = cpu_seconds(words);
            std::ifstream stream(file, std::ios::binary);
            const std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
            std::error_code ignored;
            fs::remove(file, ignored);
            const auto parsed = reports::parse_json(text);
            if (!parsed.record) throw BadInput(binary_ + " writes a record that this lastunit cannot read: " + parsed.error);
            run.orders = static_cast<double>(parsed.record->kpi().orders_accepted());
            run.history = parsed.record->identity().fingerprint();
            runs_.push_back(std::move(run));
        }
    }
    double least_cpu_s() const {
        double least = runs_.front().cpu_s;
        for (const Run& run : runs_) least = std::min(least, run.cpu_s);
        return least;
    }
    bool without_orders() const {
        return std::any_of(runs_.begin(), runs_.end(), [](const Run& run) { return !(run.orders > 0); });
    }
    bool same_history(const Program& other) const {
        for (std::size_t i = 0; i < runs_.size(); ++i)
            if (runs_[i].history != other.runs_[i].history) return false;
        return true;
    }
    double per_order(std::size_t seed, std::size_t repeats) const {
        double sum = 0;
        for (std::size_t i = 0; i < repeats; ++i) sum += cpu_seconds(runs_[seed].words);
        return sum / (runs_[seed].orders * static_cast<double>(repeats));
    }

   private:
    struct Run {
        std::vector<std::string> words;
        double cpu_s = 0, orders = 0;
        std::string history;
    };
    std::string binary_;
    std::vector<Run> runs_;
};

}  // namespace

reports::gate::Case compare_cpu_time(const GateOptions& options, const Arm& arm, std::uint64_t first_seed,
                                     std::vector<std::string>& notes) {
    const std::string self = fs::read_symlink(kSelf).string();
    const Program before(arm, options.old_binary, first_seed);
    const Program after(arm, options.new_binary.empty() ? self : options.new_binary, first_seed);
    if (before.without_orders() || after.without_orders()) {
        reports::gate::Case out;
        out.name = "cpu_time_per_order";
        out.reason = "no order was accepted";
        return out;
    }
    if (!before.same_history(after))
        notes.emplace_back("CPU time: the two programs do not simulate the same; it is compared per order");
    const double least = std::max(1e-3, std::min(before.least_cpu_s(), after.least_cpu_s()));
    const auto repeats = std::clamp(static_cast<std::size_t>(std::ceil(kEnough_s / least)), std::size_t{1}, kMostRepeats);
    std::size_t sample = 0;
    return reports::gate::judge_cpu_time({}, [&] {
        const std::size_t seed = sample++ % kSeeds;
        const double old_1 = before.per_order(seed, repeats), new_1 = after.per_order(seed, repeats);
        const double new_2 = after.per_order(seed, repeats), old_2 = before.per_order(seed, repeats);
        return std::log((new_1 + new_2) / (old_1 + old_2));
    });
}

}  // namespace lastunit::cli
