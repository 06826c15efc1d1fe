#include "cli/risk.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "cli/identity.hpp"
#include "cli/log.hpp"
#include "cli/progress.hpp"
#include "cli/risk/event.hpp"
#include "cli/risk/levels_text.hpp"
#include "cli/risk/pilot.hpp"
#include "cli/risk/study.hpp"
#include "cli/scenario.hpp"
#include "cli/stop.hpp"
#include "model/random.hpp"
#include "reports/risk.hpp"
#include "reports/write.hpp"
#include "scenarios/quantity.hpp"
#include "scenarios/suggest.hpp"
#include "sim/simulation.hpp"

namespace lastunit::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kMostRoots = 100'000'000, kRoots = 1'000'000, kPilotRoots = 100;
constexpr std::size_t kRootsPerProcess = 20;  // where a process can simulate more than once
constexpr double kRelativeError = 0.1;

struct Asked {
    StudyPlan study;
    std::size_t pilot_roots = kPilotRoots;
    std::string levels;
    std::optional<Copying> copying;
    unsigned workers = 0;
    std::string json;
};

std::uint64_t number_between(const Arguments& arguments, const std::string& option, std::uint64_t least, std::uint64_t most,
                             std::uint64_t otherwise) {
    const std::uint64_t value = arguments.number(option).value_or(otherwise);
    if (value < least || value > most)
        throw BadInput("--" + option + ": choose a number from " + std::to_string(least) + " to " + std::to_string(most));
    return value;
}

double relative_error_of(const Arguments& arguments) {
    const auto text = arguments.get("relative-error");
    if (!text) return arguments.has("roots") ? 0 : kRelativeError;
    const auto parsed = scenarios::parse_quantity(*text, schema::SHARE, "");
    constexpr double kLeast = 0.001;
    if (!parsed.error.empty() || parsed.value < kLeast || parsed.value > 1)
        throw BadInput("--relative-error: '" + *text + "' is not a share from 0.1% to 100%, e.g. 10%");
    return parsed.value;
}

Asked read(const Arguments& arguments) {
    Asked out;
    out.study.relative_error = relative_error_of(arguments);
    out.study.most_roots = number_between(arguments, "roots", 2, kMostRoots, kRoots);
    out.pilot_roots = number_between(arguments, "pilot", 10, 100'000, kPilotRoots);
    if (arguments.has("workers")) out.workers = static_cast<unsigned>(number_between(arguments, "workers", 1, 4096, 1));
    out.levels = arguments.get("levels").value_or("auto");
    if (const auto copies = arguments.get("copies")) {
        if (*copies != "fork" && *copies != "replay")
            throw BadInput("--copies: '" + *copies + "' is not fork or replay" + scenarios::suggest(*copies, {"fork", "replay"}));
        out.copying = *copies == "fork" ? Copying::forks : Copying::replays;
    }
    out.json = arguments.get("json").value_or("");
    if (!out.json.empty())
        if (const auto problem = reports::check_writable(out.json)) throw BadInput(*problem);
    return out;
}

// Seeds of the pilot never meet those of the study.
std::uint64_t pilot_seed(std::uint64_t seed) {
    constexpr std::uint64_t kPilot = UINT64_MAX;
    const model::Words words = model::philox(seed, model::Purpose::splitting, kPilot, 0);
    return (std::uint64_t{words.w[0]} << 32U) | words.w[1];
}

class Progress {
   public:
    void show(const std::string& text) const {
        if (drawn_) std::fprintf(stderr, "\r\033[K%s", text.c_str());
    }
    void clear() const { show(""); }

   private:
    bool drawn_ = ProgressBar::mode_of_stderr() == ProgressBar::Mode::drawn;
};

RootPlan root_plan(const model::Scenario& scenario, const Asked& asked) {
    RootPlan plan;
    plan.run = [&scenario](std::uint64_t seed, sim::LevelWatch& watch) {
        sim::RunOptions options;
        options.seed = seed;
        options.levels = &watch;
        sim::run(scenario, options);
    };
    // SimGrid has one engine per process.
    const bool once_only = !scenario.design.hosts.empty();
    if (once_only && asked.copying == Copying::replays)
        throw BadInput("--copies: replay needs a design without hosts: with them a process can simulate once only");
    plan.per_process = once_only ? 1 : kRootsPerProcess;
    plan.at_once = asked.workers;
    return plan;
}

std::string repeat_of(const Arguments& arguments, std::uint64_t seed) {
    std::string out = repeat_command(arguments, seed, arguments.get("design").value_or(""));
    constexpr std::string_view kRun = "lastunit run ";
    out = "lastunit risk " + out.substr(kRun.size()) + " --event '" + *arguments.get("event") + "'";
    for (const char* option : {"relative-error", "pilot"})
        if (const auto value = arguments.get(option)) out += std::string(" --") + option + " " + *value;
    return out;
}

reports::Risk report_of(const Study& study, const Pilot& pilot, const reports::statistics::Interval& interval) {
    reports::Risk out;
    out.probability = interval;
    PathCounts sum;
    for (const PathCounts& root : study.roots) {
        sum.hits += root.hits, sum.paths += root.paths;
        sum.reached.resize(root.reached.size());
        for (std::size_t i = 0; i < root.reached.size(); ++i) sum.reached[i] += root.reached[i];
        out.hits.push_back(root.hits);
    }
    auto begun = static_cast<std::int64_t>(study.roots.size());
    for (std::size_t i = 0; i < pilot.splitting.levels.size(); ++i) {
        const std::int64_t reached = i < sum.reached.size() ? sum.reached[i] : 0;
        out.levels.push_back({pilot.splitting.levels[i], pilot.splitting.copies[i], begun, reached});
        begun = reached * pilot.splitting.copies[i];
    }
    out.event_begun = begun;
    out.event_reached = sum.hits;
    out.paths = sum.paths;
    out.pilot_paths = pilot.paths;
    out.cpu_s = study.cpu_s;
    out.pilot_cpu_s = pilot.cpu_s;
    out.cpu_per_run_s = pilot.cpu_per_run_s;
    return out;
}

}  // namespace

int risk(const Arguments& arguments) {
    const StopSignals signals;
    const auto given_seed = arguments.number("seed");
    if (!arguments.has("event")) throw BadInput("say what to watch for: --event \"oversold_units >= 3\"");
    Asked asked = read(arguments);
    const auto scenario = load_or_explain(arguments.words[0], arguments);
    if (!scenario) return kBadInput;
    const sim::RareEvent event = parse_event(*arguments.get("event"), *scenario);
    const std::uint64_t seed = given_seed.value_or(scenario->run.seed);
    asked.study.first_seed = seed;

    const auto started = Clock::now();
    const Progress progress;
    RootPlan plan = root_plan(*scenario, asked);
    plan.repeat_command = [&](std::uint64_t of) { return repeat_of(arguments, of) + " --roots 2"; };
    plan.on_done = [&](std::size_t done) { progress.show("pilot: " + std::to_string(done) + " roots"); };
    log_detail("risk: placing levels");
    Pilot pilot = pilot_or_given(plan, event, asked.levels, pilot_seed(seed), asked.pilot_roots);
    plan.copying = asked.copying.value_or(plan.copying);
    log_detail("risk: levels " + levels_text(pilot.splitting) + (plan.copying == Copying::forks ? ", forks" : ", replays"));
    plan.repeat_command = [&](std::uint64_t of) {
        return repeat_of(arguments, of) + " --roots 2 --levels '" + levels_text(pilot.splitting) + "'";
    };
    plan.on_done = [&](std::size_t done) { progress.show(std::to_string(done) + " roots"); };
    const Study seen = pilot.stopped ? Study{{}, 0, true} : study(plan, pilot.splitting, asked.study);
    progress.clear();
    if (seen.stopped) std::fprintf(stderr, "lastunit risk: stopped after %zu roots of whole rounds\n", seen.roots.size());
    if (seen.roots.empty()) return kInterrupted;

    reports::Risk out = report_of(seen, pilot, probability(seen.roots, pilot.splitting, asked.study.confidence));
    out.scenario = scenario->name;
    out.design = scenario->design.name;
    out.event = *arguments.get("event");
    out.seed = seed;
    out.horizon_s = scenario->run.horizon.seconds();
    out.confidence = asked.study.confidence.level();
    out.levels_option = levels_text(pilot.splitting);
    out.repeat = repeat_of(arguments, seed);
    if (arguments.has("roots")) out.repeat += " --roots " + std::to_string(asked.study.most_roots);
    if (arguments.has("levels")) out.repeat += " --levels '" + asked.levels + "'";
    out.wall_s = std::chrono::duration<double>(Clock::now() - started).count();
    std::FILE* to = asked.json == "-" ? stderr : stdout;
    std::fputs(reports::risk_text(out, reports::style_of(fileno(to))).c_str(), to);
    std::fflush(to);
    if (!asked.json.empty())
        if (const auto problem = reports::write_file(asked.json, reports::risk_json(out))) throw BadInput(*problem);
    return seen.stopped ? kInterrupted : kOk;
}

}  // namespace lastunit::cli
