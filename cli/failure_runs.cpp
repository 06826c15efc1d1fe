#include "cli/failure_runs.hpp"

#include <algorithm>
#include <cstdio>
#include <set>
#include <sstream>

#include "cli/workers.hpp"
#include "reports/gates.hpp"
#include "sim/simulation.hpp"

namespace lastunit::cli {
namespace {

enum class Side : std::uint8_t { flawed, sound };

// Some seeds of one design of one failure: what one process does.
struct Job {
    std::size_t of = 0;  // the failure
    Side side{};
    std::uint64_t first = 1, last = 1;  // seeds
};

// What one run said, as it travels from a process to its parent: one line.
struct Said {
    std::uint64_t seed = 0, units = 0;
    bool held = false, measured = false, gates_kept = false;
    double value = 0;
};

const model::Scenario& scenario_of(const std::vector<FailureCase>& cases, const Job& job) {
    return job.side == Side::flawed ? cases[job.of].flawed : cases[job.of].sound;
}

// A process starts in less than the time of a run; where there are hosts it can do only one, since SimGrid has one engine per
// process.
std::vector<Job> jobs_of(const std::vector<FailureCase>& cases, std::uint64_t seeds) {
    constexpr std::uint64_t kBatch = 25;
    std::vector<Job> jobs;
    for (std::size_t i = 0; i < cases.size(); ++i)
        for (const Side side : {Side::flawed, Side::sound}) {
            const model::Scenario& scenario = side == Side::flawed ? cases[i].flawed : cases[i].sound;
            const std::uint64_t step = scenario.design.hosts.empty() ? kBatch : 1;
            for (std::uint64_t first = 1; first <= seeds; first += step)
                jobs.push_back({i, side, first, std::min(seeds, first + step - 1)});
        }
    return jobs;
}

Said run_once(const model::Scenario& scenario, std::uint64_t seed) {
    sim::RunOptions options;
    options.seed = seed;
    const model::RunRecord record = sim::run(scenario, options);
    const model::Gate& oracle = scenario.failure->oracle;
    const model::GateVerdict verdict = reports::judge({oracle}, record).front();
    const auto gates = reports::judge(scenario.gates, record);
    Said said;
    said.seed = seed;
    said.units = record.kpi().units_accepted();
    said.held = verdict.passed();
    said.measured = verdict.text() == oracle.text;  // else it adds why not
    said.gates_kept = std::all_of(gates.begin(), gates.end(), [](const model::GateVerdict& gate) { return gate.passed(); });
    said.value = verdict.value();
    return said;
}

std::string work(const model::Scenario& scenario, const Job& job) {
    std::string out;
    for (std::uint64_t seed = job.first; seed <= job.last; ++seed) {
        const Said said = run_once(scenario, seed);
        char line[128];
        std::snprintf(line, sizeof line, "%llu %llu %d %d %d %.17g\n", static_cast<unsigned long long>(said.seed),
                      static_cast<unsigned long long>(said.units), said.held ? 1 : 0, said.measured ? 1 : 0,
                      said.gates_kept ? 1 : 0, said.value);
        out += line;
    }
    return out;
}

std::string repeat(const FailureCase& one, Side side, std::uint64_t seed) {
    std::string out = "lastunit run " + one.run_as + " --seed " + std::to_string(seed);
    if (side == Side::flawed)
        for (const std::string& change : one.sound.failure->flawed) out += " --set '" + change + "'";
    return out;
}

// What was heard of one design, and which seed to look at.
struct Heard {
    reports::FailureRuns runs;
    std::uint64_t seen = 0;
    std::uint64_t odd_seed = 0;  // the first that went against expectation; 0: none

    void add(const Said& said, Side side) {
        const bool idle = said.units == 0 || !said.measured;
        const bool flagged = !idle && !said.held;
        const bool ungated = side == Side::sound && !said.gates_kept;
        runs.idle += idle ? 1 : 0;
        runs.flagged += flagged ? 1 : 0;
        runs.ungated += ungated ? 1 : 0;
        runs.units += said.units;
        runs.low = seen == 0 ? said.value : std::min(runs.low, said.value);
        runs.high = seen == 0 ? said.value : std::max(runs.high, said.value);
        ++seen;
        const bool odd = idle || ungated || flagged != (side == Side::flawed);
        if (odd && odd_seed == 0) odd_seed = said.seed;
    }
};

reports::FailureResult result_of(const FailureCase& one, std::uint64_t seeds, const Heard& flawed, const Heard& sound) {
    const model::PublishedFailure& failure = *one.sound.failure;
    reports::FailureResult out;
    out.number = one.number;
    out.name = one.sound.name;
    out.pattern = failure.pattern;
    out.oracle = failure.oracle.text;
    out.kpi = failure.oracle.kpi;
    out.reports = failure.reports;
    out.seeds = seeds;
    out.flawed = flawed.runs;
    out.sound = sound.runs;
    out.repeat_flawed = repeat(one, Side::flawed, std::max<std::uint64_t>(1, flawed.odd_seed));
    out.repeat_sound = repeat(one, Side::sound, std::max<std::uint64_t>(1, sound.odd_seed));
    return out;
}

}  // namespace

FailureRun run_failures(const std::vector<FailureCase>& cases, std::uint64_t seeds,
                        const std::function<void(std::uint64_t, std::uint64_t)>& on_progress) {
    const std::vector<Job> jobs = jobs_of(cases, seeds);
    const std::uint64_t all = 2 * seeds * cases.size();
    std::uint64_t done = 0;
    WorkerPlan plan;
    plan.count = jobs.size();
    plan.work = [&](std::size_t i) { return work(scenario_of(cases, jobs[i]), jobs[i]); };
    plan.repeat_command = [&](std::size_t i) { return repeat(cases[jobs[i].of], jobs[i].side, jobs[i].first); };
    plan.on_done = [&](std::size_t i, const Worked&) { on_progress(done += jobs[i].last - jobs[i].first + 1, all); };
    const std::vector<Worked> worked = work_in_processes(plan);

    std::vector<Heard> heard(2 * cases.size());
    std::set<std::size_t> unfinished;
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        Heard& of = heard[2 * jobs[i].of + (jobs[i].side == Side::flawed ? 0 : 1)];
        if (worked[i].stopped) unfinished.insert(jobs[i].of);
        if (of.runs.error.empty()) of.runs.error = worked[i].failure;
        std::istringstream lines(worked[i].answer);
        for (Said said; lines >> said.seed >> said.units >> said.held >> said.measured >> said.gates_kept >> said.value;)
            of.add(said, jobs[i].side);
    }
    FailureRun out;
    out.stopped = !unfinished.empty();
    for (std::size_t i = 0; i < cases.size(); ++i)
        if (!unfinished.contains(i)) out.results.push_back(result_of(cases[i], seeds, heard[2 * i], heard[2 * i + 1]));
    return out;
}

}  // namespace lastunit::cli
