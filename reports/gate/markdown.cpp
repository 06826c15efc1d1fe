#include "reports/markdown.hpp"
#include "reports/gate/text.hpp"
#include "reports/text.hpp"

namespace lastunit::reports::gate {
namespace {

std::string or_dash(const std::string& text) { return text.empty() ? "-" : text; }

}  // namespace

std::string markdown(const Result& result) {
    std::string out = "### " + markdown_text(std::string(name_of(result.outcome())) + " gate of " + result.scenario) + "\n\n";
    out += counted(result.replications, "replication") + " from seed " + std::to_string(result.first_seed) + ", design " +
           markdown_text(result.design) + ", lastunit " + markdown_text(result.code);
    if (!result.baseline_code.empty())
        out +=
            "; baseline: " + counted(result.baseline_runs, "replication") + ", lastunit " + markdown_text(result.baseline_code);
    out += ".\n\n| gate | baseline | now | interval | verdict | why |\n|---|--:|--:|--:|---|---|\n";
    for (const Case& one : result.cases) {
        const std::string was = one.baseline ? figure(one, *one.baseline) : "", now = one.now ? figure(one, *one.now) : "";
        out += "| " + markdown_text(one.name) + " | " + or_dash(markdown_text(was)) + " | " + or_dash(markdown_text(now)) +
               " | " + or_dash(markdown_text(interval_text(one))) + " | **" + name_of(one.outcome) + "** | " +
               markdown_text(one.reason) + " |\n";
    }
    for (const std::string& note : result.notes) out += "\n- " + markdown_text(note);
    if (!result.notes.empty()) out += "\n";
    return out + "\nAgain: " + markdown_code(result.command) + "\n";
}

}  // namespace lastunit::reports::gate
