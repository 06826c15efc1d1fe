#include "cli/run.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "cli/identity.hpp"
#include "cli/log.hpp"
#include "cli/outputs.hpp"
#include "cli/progress.hpp"
#include "cli/scenario.hpp"
#include "cli/stop.hpp"
#include "reports/gates.hpp"
#include "reports/terminal.hpp"
#include "sim/simulation.hpp"

namespace lastunit::cli {
namespace {

model::RunRecord simulate(const model::Scenario& scenario, std::uint64_t seed, ProgressBar::Mode mode) {
    const StopSignals signals;
    ProgressBar bar(mode, scenario.run.start_of_day);
    sim::RunOptions options;
    options.seed = seed;
    options.on_progress = [&bar](const sim::Progress& progress) {
        bar.show(progress);
        return StopSignals::requested() ? sim::Control::stop : sim::Control::go_on;
    };
    const auto started = std::chrono::steady_clock::now();
    model::RunRecord record = sim::run(scenario, options);
    record.mutable_identity()->set_wall_s(std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count());
    return record;
}

void print_summary(const model::RunRecord& record, const std::vector<Output>& outputs) {
    // stdout belongs to the record when it goes there; the summary steps aside.
    std::FILE* out = uses_stdout(outputs) ? stderr : stdout;
    std::fputs(reports::summary(record, reports::style_of(fileno(out))).c_str(), out);
    for (const Output& output : outputs)
        if (output.path != "-") std::fprintf(out, "wrote %s\n", output.path.c_str());
}

}  // namespace

int run(const Arguments& arguments) {
    const auto given_seed = arguments.number("seed");
    const auto scenario = load_or_explain(arguments.words[0], arguments);
    if (!scenario) return kBadInput;
    const std::uint64_t seed = given_seed.value_or(scenario->run.seed);
    const std::vector<Output> outputs = planned_outputs(arguments);

    const bool quiet = arguments.has("quiet");
    log_detail("simulating " + scenario->name + ", design " + scenario->design.name + ", seed " + std::to_string(seed));
    model::RunRecord record = simulate(*scenario, seed, quiet ? ProgressBar::Mode::silent : ProgressBar::mode_of_stderr());
    complete(record, *scenario, arguments, seed, arguments.get("design").value_or(""));

    if (const auto problem = write_outputs(outputs, record)) {
        std::fprintf(stderr, "lastunit run: %s\n", problem->c_str());
        return kBadInput;  // a full disk, a folder that went away: the world's, not ours
    }
    if (!quiet) print_summary(record, outputs);
    if (record.identity().partial()) {
        std::fprintf(stderr, "lastunit run: stopped after %.0f s of %.0f s simulated; the reports are partial\n",
                     record.identity().simulated_s(), record.identity().horizon_s());
        return kInterrupted;
    }
    const auto failed = [](const model::GateVerdict& verdict) { return !verdict.passed(); };
    if (quiet)
        for (const model::GateVerdict& verdict : record.gates())
            if (failed(verdict))
                std::fprintf(stderr, "lastunit run: gate failed: %s, measured %s\n", verdict.text().c_str(),
                             reports::kpi_text(verdict.kpi(), verdict.value()).c_str());
    return std::any_of(record.gates().begin(), record.gates().end(), failed) ? kGateFailed : kOk;
}

}  // namespace lastunit::cli
