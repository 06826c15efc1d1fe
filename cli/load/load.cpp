#include "cli/load/load.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>

#include "cli/identity.hpp"
#include "cli/load/history_audit.hpp"
#include "cli/load/live_run.hpp"
#include "cli/log.hpp"
#include "cli/outputs.hpp"
#include "cli/scenario.hpp"
#include "cli/stop.hpp"
#include "cli/study/kept_runs.hpp"
#include "drivers/process/temporary_folder.hpp"
#include "reports/gates.hpp"
#include "reports/terminal.hpp"

namespace lastunit::cli {
namespace {

void print_summary(const model::RunRecord& record, const std::vector<Output>& outputs, const std::string& history) {
    // stdout belongs to the record when it goes there; the summary steps aside.
    std::FILE* out = uses_stdout(outputs) ? stderr : stdout;
    std::fputs(reports::summary(record, reports::style_of(fileno(out))).c_str(), out);
    for (const Output& output : outputs)
        if (output.path != "-") std::fprintf(out, "wrote %s\n", output.path.c_str());
    if (!history.empty()) std::fprintf(out, "wrote %s\n", history.c_str());
    std::fflush(out);
}

void keep_or_warn(reports::Store& store, const model::RunRecord& record, const model::Scenario& scenario) {
    try {
        keep_live(store, record, scenario.text);
    } catch (const reports::StoreError& error) {
        std::fprintf(stderr, "lastunit load: the run is not kept: %s\n", error.what());
    }
}

bool a_gate_failed(const model::RunRecord& record) {
    const auto failed = [](const model::GateVerdict& verdict) { return !verdict.passed() && !verdict.not_judged(); };
    return std::any_of(record.gates().begin(), record.gates().end(), failed);
}

// A refutation is a proof, whatever else is the matter.
int exit_code(const model::RunRecord& record) {
    const model::LoadReport& load = record.load();
    if (record.identity().partial()) return kInterrupted;
    if (load.audit().verdict() == "refuted") return kGateFailed;
    if (!load.invalid().empty() || load.audit().verdict() == "undecided") return kInvalid;
    return a_gate_failed(record) ? kGateFailed : kOk;
}

// The terminal of --quiet still hears why the run ends as it does.
void say_why(const model::RunRecord& record) {
    const model::LoadReport& load = record.load();
    if (load.audit().verdict() != "sound") std::fprintf(stderr, "lastunit load: %s\n", load.audit().headline().c_str());
    for (const std::string& reason : load.invalid()) std::fprintf(stderr, "lastunit load: INVALID: %s\n", reason.c_str());
    for (const model::GateVerdict& verdict : record.gates())
        if (!verdict.passed() && !verdict.not_judged())
            std::fprintf(stderr, "lastunit load: gate failed: %s, measured %s\n", verdict.text().c_str(),
                         reports::kpi_text(verdict.kpi(), verdict.value()).c_str());
}

int report(const model::RunRecord& record, const std::vector<Output>& outputs, const Arguments& arguments) {
    if (const auto problem = write_outputs(outputs, record)) {
        std::fprintf(stderr, "lastunit load: %s\n", problem->c_str());
        return kBadInput;
    }
    if (!arguments.has("quiet"))
        print_summary(record, outputs, record.load().audit().history());
    else
        say_why(record);
    if (record.identity().partial())
        std::fprintf(stderr, "lastunit load: stopped after %.0f s of %.0f s of the scenario; the reports are partial\n",
                     record.identity().simulated_s(), record.identity().horizon_s());
    return exit_code(record);
}

}  // namespace

int load(const Arguments& given) {
    const Arguments arguments = with_horizon(given);
    const LiveOptions options = live_options(arguments);
    const auto given_seed = arguments.number("seed");
    const auto scenario = load_or_explain(arguments.words[0], arguments);
    if (!scenario) return kBadInput;
    const std::uint64_t seed = given_seed.value_or(scenario->run.seed);
    const std::vector<Output> outputs = planned_outputs(arguments);
    const auto store = open_store(arguments);
    const bool quiet = arguments.has("quiet");

    const StopSignals signals;
    std::optional<drivers::TemporaryFolder> scratch;
    if (options.history.empty()) scratch.emplace("history");
    const std::string history = scratch ? scratch->path("history.luh") : options.history;
    Target target = open_target(options.target);
    const LiveRun run{*scenario, seed, options, target, history, quiet ? LiveView::Mode::silent : LiveView::mode_of_stderr()};
    const drivers::InitialStock stock = stock_of(*scenario, seed);
    if (options.prepare == LiveOptions::Prepare::yes) log_detail(prepare_target(run, stock));
    model::RunRecord record = play(run, stock);
    if (options.shards == 1) *record.mutable_load()->mutable_audit() = audit_histories({&history, 1}, options.history);
    complete(record, *scenario, arguments, seed, arguments.get("design").value_or(""));
    record.mutable_identity()->set_repeat_command(repeat_load_command(given, seed));
    if (store && !record.identity().partial()) keep_or_warn(*store, record, *scenario);
    return report(record, outputs, arguments);
}

int prepare(const Arguments& arguments) {
    LiveOptions options;
    options.target = target_of(arguments);
    const auto given_seed = arguments.number("seed");
    const auto scenario = load_or_explain(arguments.words[0], arguments);
    if (!scenario) return kBadInput;
    const std::uint64_t seed = given_seed.value_or(scenario->run.seed);
    if (options.target.address.empty())
        throw BadInput("--target: '" + options.target.text + "' lives no longer than one run, which prepares it itself; name one that is there");
    Target target = open_target(options.target);
    const LiveRun run{*scenario, seed, options, target, "", LiveView::Mode::silent};
    std::printf("%s\n", prepare_target(run, stock_of(*scenario, seed)).c_str());
    return kOk;
}

}  // namespace lastunit::cli
