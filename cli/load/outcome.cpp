#include "cli/load/outcome.hpp"

#include <algorithm>
#include <cstdio>

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
    if (load.has_audit() && load.audit().verdict() != "sound")
        std::fprintf(stderr, "lastunit load: %s\n", load.audit().headline().c_str());
    for (const std::string& reason : load.invalid()) std::fprintf(stderr, "lastunit load: INVALID: %s\n", reason.c_str());
    for (const model::GateVerdict& verdict : record.gates())
        if (!verdict.passed() && !verdict.not_judged())
            std::fprintf(stderr, "lastunit load: gate failed: %s, measured %s\n", verdict.text().c_str(),
                         reports::kpi_text(verdict.kpi(), verdict.value()).c_str());
}

}  // namespace

int report_live_run(const model::RunRecord& record, const std::vector<model::Autopsy>& autopsies,
                    const std::vector<Output>& outputs, const Arguments& arguments) {
    if (const auto problem = write_outputs(outputs, record, autopsies)) {
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

}  // namespace lastunit::cli
