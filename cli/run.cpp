#include "cli/run.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <optional>

#include "cli/allocations.hpp"
#include "cli/event_log.hpp"
#include "cli/identity.hpp"
#include "cli/log.hpp"
#include "cli/outputs.hpp"
#include "cli/progress.hpp"
#include "cli/run_log.hpp"
#include "cli/run_replications.hpp"
#include "cli/scenario.hpp"
#include "cli/stop.hpp"
#include "cli/study/kept_runs.hpp"
#include "cli/study/replications.hpp"
#include "reports/gates.hpp"
#include "reports/terminal.hpp"
#include "sim/simulation.hpp"

namespace lastunit::cli {
namespace {

model::RunRecord simulate(const model::Scenario& scenario, std::uint64_t seed, ProgressBar::Mode mode, model::EventLogSink* log) {
    ProgressBar bar(mode, scenario.run.start_of_day);
    sim::RunOptions options;
    options.seed = seed;
    options.log = log;
    std::uint64_t ours = 0;  // allocations that are not the simulator's
    options.on_progress = [&](const sim::Progress& progress) {
        const std::uint64_t before = allocations();
        bar.show(progress);
        ours += allocations() - before;
        return StopSignals::requested() ? sim::Control::stop : sim::Control::go_on;
    };
    const auto started = std::chrono::steady_clock::now();
    const std::uint64_t allocated = allocations();
    model::RunRecord record = sim::run(scenario, options);
    if (log == nullptr) record.mutable_identity()->set_allocations(allocations() - allocated - ours);
    record.mutable_identity()->set_wall_s(std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count());
    return record;
}

std::optional<std::string> write_all(const std::vector<Output>& outputs, const model::RunRecord& record, RunLog& log) {
    if (std::string problem = log.close(); !problem.empty()) return problem;
    return write_outputs(outputs, record, log.autopsies(record));
}

void print_summary(const model::RunRecord& record, const std::vector<Output>& outputs) {
    // stdout belongs to the record when it goes there; the summary steps aside.
    std::FILE* out = uses_stdout(outputs) ? stderr : stdout;
    std::fputs(reports::summary(record, reports::style_of(fileno(out))).c_str(), out);
    for (const Output& output : outputs)
        if (output.path != "-") std::fprintf(out, "wrote %s\n", output.path.c_str());
    std::fflush(out);  // before what stderr has to say about it
}

// The run is done and its reports are to come: a store that has become unusable takes nothing away from them.
void keep_or_warn(reports::Store& store, const model::RunRecord& record, const model::Scenario& scenario) {
    try {
        keep(store, record, scenario.text);
    } catch (const reports::StoreError& error) {
        std::fprintf(stderr, "lastunit run: the run is not kept: %s\n", error.what());
    }
}

}  // namespace

int run(const Arguments& arguments) {
    const StopSignals signals;
    if (asks_for_replications(arguments)) return run_replications(arguments);
    for (const char* one : {"at-most", "workers", "shard"})
        if (arguments.has(one)) throw BadInput(std::string("--") + one + ": belongs to --replications or --until");
    const auto given_seed = arguments.number("seed");
    const auto scenario = load_or_explain(arguments.words[0], arguments);
    if (!scenario) return kBadInput;
    const std::uint64_t seed = given_seed.value_or(scenario->run.seed);
    const std::vector<Output> outputs = planned_outputs(arguments);
    const auto store = open_store(arguments);
    const auto log_path = planned_event_log(arguments);

    const bool quiet = arguments.has("quiet");
    log_detail("simulating " + scenario->name + ", design " + scenario->design.name + ", seed " + std::to_string(seed));
    const std::string design = arguments.get("design").value_or("");
    RunLog log(log_path, has_page(outputs) ? Page::wanted : Page::none,
               origin_of(arguments, repeat_command(arguments, seed, design)));
    model::RunRecord record =
        simulate(*scenario, seed, quiet ? ProgressBar::Mode::silent : ProgressBar::mode_of_stderr(), log.sink());
    complete(record, *scenario, arguments, seed, design);

    if (store && !record.identity().partial()) keep_or_warn(*store, record, *scenario);
    if (const auto problem = write_all(outputs, record, log)) {
        std::fprintf(stderr, "lastunit run: %s\n", problem->c_str());
        return kBadInput;  // a full disk, a folder that went away: the world's, not ours
    }
    if (!quiet) print_summary(record, outputs);
    if (record.identity().partial()) {
        std::fprintf(stderr, "lastunit run: stopped after %.0f s of %.0f s simulated; the reports are partial\n",
                     record.identity().simulated_s(), record.identity().horizon_s());
        return kInterrupted;
    }
    const auto failed = [](const model::GateVerdict& verdict) { return !verdict.passed() && !verdict.not_judged(); };
    if (quiet)
        for (const model::GateVerdict& verdict : record.gates())
            if (failed(verdict))
                std::fprintf(stderr, "lastunit run: gate failed: %s, measured %s\n", verdict.text().c_str(),
                             reports::kpi_text(verdict.kpi(), verdict.value()).c_str());
    return std::any_of(record.gates().begin(), record.gates().end(), failed) ? kGateFailed : kOk;
}

}  // namespace lastunit::cli
