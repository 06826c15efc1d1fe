#include "reports/gate/text.hpp"
#include "reports/text.hpp"

namespace lastunit::reports::gate {
namespace {

// A cell ends at a bar, and markup of a name is no markup of ours.
std::string cell(const std::string& text) {
    std::string out;
    for (const char c : printable(text)) {
        if (c == '|' || c == '`' || c == '*' || c == '_' || c == '\\' || c == '[') out += '\\';
        out += c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
    }
    return out;
}

std::string or_dash(const std::string& text) { return text.empty() ? "-" : text; }

}  // namespace

std::string markdown(const Result& result) {
    std::string out = "### " + cell(std::string(name_of(result.outcome())) + " gate of " + result.scenario) + "\n\n";
    out += counted(result.replications, "replication") + " from seed " + std::to_string(result.first_seed) + ", design " +
           cell(result.design) + ", lastunit " + cell(result.code);
    if (!result.baseline_code.empty())
        out += "; baseline: " + counted(result.baseline_runs, "replication") + ", lastunit " + cell(result.baseline_code);
    out += ".\n\n| gate | baseline | now | interval | verdict | why |\n|---|--:|--:|--:|---|---|\n";
    for (const Case& one : result.cases) {
        const std::string was = one.baseline ? figure(one, *one.baseline) : "", now = one.now ? figure(one, *one.now) : "";
        out += "| " + cell(one.name) + " | " + or_dash(cell(was)) + " | " + or_dash(cell(now)) + " | " +
               or_dash(cell(interval_text(one))) + " | **" + name_of(one.outcome) + "** | " + cell(one.reason) + " |\n";
    }
    for (const std::string& note : result.notes) out += "\n- " + cell(note);
    if (!result.notes.empty()) out += "\n";
    std::string command;
    for (const char c : printable(result.command)) command += c == '`' ? '\'' : c;
    return out + "\nAgain: `" + command + "`\n";
}

}  // namespace lastunit::reports::gate
