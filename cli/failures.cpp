#include "cli/failures.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "cli/failure_library.hpp"
#include "cli/failure_runs.hpp"
#include "cli/progress.hpp"
#include "cli/stop.hpp"
#include "reports/failures.hpp"
#include "reports/write.hpp"

namespace lastunit::cli {
namespace {

constexpr std::uint64_t kSeeds = 100;
constexpr std::uint64_t kMostSeeds = 1'000'000;
constexpr int kWholeTable = 250;  // columns, in a file or pipe: nothing is cut

int list_them(const std::vector<FailureCase>& cases) {
    for (const FailureCase& one : cases) {
        std::printf("%s: %s\n", one.sound.name.c_str(), one.sound.failure->pattern.c_str());
        for (const std::string& address : one.sound.failure->reports) std::printf("    %s\n", address.c_str());
    }
    return kOk;
}

void show_progress(std::uint64_t done, std::uint64_t of) {
    std::fprintf(stderr, "\r\033[K%llu of %llu runs", static_cast<unsigned long long>(done), static_cast<unsigned long long>(of));
}

}  // namespace

int failures(const Arguments& arguments) {
    const StopSignals signals;
    const std::uint64_t seeds = arguments.number("seeds").value_or(kSeeds);
    if (seeds == 0 || seeds > kMostSeeds) throw BadInput("--seeds: choose a number from 1 to 1000000");
    const std::string json = arguments.get("json").value_or("");
    const std::vector<FailureCase> cases = load_failures(arguments);
    if (arguments.has("list")) return list_them(cases);
    if (!json.empty())
        if (const auto problem = reports::check_writable(json)) throw BadInput(*problem);

    const bool drawn = ProgressBar::mode_of_stderr() == ProgressBar::Mode::drawn;
    const auto started = std::chrono::steady_clock::now();
    const FailureRun run = run_failures(cases, seeds, [drawn](std::uint64_t done, std::uint64_t of) {
        if (drawn) show_progress(done, of);
    });
    if (drawn) std::fputs("\r\033[K", stderr);
    const std::vector<reports::FailureResult>& results = run.results;
    if (run.stopped)
        std::fprintf(stderr, "lastunit failures: stopped; %zu of %zu failures were run\n", results.size(), cases.size());
    if (run.stopped && results.empty()) return kInterrupted;
    const double wall_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();

    // stdout belongs to the JSON when it goes there; the table steps aside.
    std::FILE* out = json == "-" ? stderr : stdout;
    reports::TerminalStyle style = reports::style_of(fileno(out));
    if (isatty(fileno(out)) == 0) style.width = kWholeTable;
    std::fputs(reports::failure_table(results, wall_s, style).c_str(), out);
    if (!json.empty())
        if (const auto problem = reports::write_file(json, reports::failure_json(results, wall_s))) {
            std::fprintf(stderr, "lastunit failures: %s\n", problem->c_str());
            return kBadInput;
        }
    if (run.stopped) return kInterrupted;
    return std::all_of(results.begin(), results.end(), reports::as_published) ? kOk : kGateFailed;
}

}  // namespace lastunit::cli
