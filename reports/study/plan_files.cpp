// A plan as JSON, CSV and one page.
#include <algorithm>
#include <cmath>

#include "reports/gates.hpp"
#include "reports/html_parts.hpp"
#include "reports/json.hpp"
#include "reports/study/kpi_table.hpp"
#include "reports/study/plan.hpp"
#include "reports/study/plan_words.hpp"
#include "reports/study/study_page.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

const char* name_of(PlanCandidate::Fate fate) {
    constexpr const char* kNames[] = {"best", "beaten", "misses_limit", "open", "not_measured"};
    return kNames[static_cast<std::size_t>(fate)];
}

const char* name_of(Plan::Outcome outcome) {
    constexpr const char* kNames[] = {"decided", "nothing_keeps_limits", "runs_ended"};
    return kNames[static_cast<std::size_t>(outcome)];
}

template <class Items, class Text> std::string listed(const Items& items, const char* between, const Text& text) {
    std::string out;
    for (const auto& one : items) out += (out.empty() ? "" : between) + text(one);
    return out;
}

std::string strings(const std::vector<std::string>& all) {
    return "[" + listed(all, ", ", [](const std::string& one) { return json_string(one); }) + "]";
}

std::string interval_json(const std::optional<statistics::Interval>& one) {
    if (!one) return "null";
    return "{\"mean\": " + json_number(one->value) + ", \"low\": " + json_number(one->low) +
           ", \"high\": " + json_number(one->high) + "}";
}

std::string candidate_json(const Plan& plan, std::size_t i) {
    const PlanCandidate& one = plan.candidates[i];
    return "{\"name\": " + json_string(plan.name(i)) + ", \"fate\": \"" + name_of(one.fate) +
           "\", \"missed\": " + (one.missed ? json_string(plan.limits[*one.missed].text) : "null") +
           ", \"set\": " + strings(one.changes) + ", \"replications\": " + std::to_string(plan.replications(i)) +
           ", \"kpis\": {" +
           listed(plan_kpis(plan), ", ",
                  [&](const std::string& kpi) { return json_string(kpi) + ": " + interval_json(plan_interval(plan, i, kpi)); }) +
           "}}";
}

std::string limit_json(const PlanLimit& one) {
    return "{\"text\": " + json_string(one.text) + ", \"kpi\": " + json_string(one.kpi) +
           ", \"bound\": " + json_number(one.limit.bound) + ", \"tolerance\": " + json_number(one.limit.tolerance) + "}";
}

std::string candidates_html(const Plan& plan) {
    std::vector<HtmlColumn> columns{{"candidate", HtmlColumn::Kind::text}, {"verdict", HtmlColumn::Kind::text}};
    for (const std::string& kpi : plan_kpis(plan)) columns.push_back({kpi_label(kpi)});
    columns.push_back({"runs"});
    std::vector<std::vector<std::string>> rows;
    for (const std::size_t i : by_look(plan)) {
        const auto fate = plan.candidates[i].fate;
        const char* tone = fate == PlanCandidate::Fate::best ? "good" : fate == PlanCandidate::Fate::misses_limit ? "bad" : "";
        rows.push_back({escape(short_name(plan, i)),
                        std::string("<span class=\"verdict ") + tone + "\">" + escape(fate_text(plan, i)) + "</span>"});
        for (const std::string& kpi : plan_kpis(plan))
            rows.back().push_back(escape(plus_minus_text(kpi, plan_interval(plan, i, kpi))));
        rows.back().push_back(std::to_string(plan.replications(i)));
    }
    return html_table("Candidates", columns, rows);
}

std::string close_html(const Plan& plan) {
    std::vector<std::vector<std::string>> rows;
    for (const CloseCandidate& one : close_candidates(plan))
        rows.push_back({escape(short_name(plan, one.candidate)), escape(kpi_text(plan.objective, one.worse.value)),
                        escape(range_text(plan.objective, one.worse))});
    if (rows.empty()) return "";
    return html_table("Not told from the best", {{"candidate", HtmlColumn::Kind::text}, {"worse by"}, {"interval"}}, rows);
}

std::string variables_html(const Plan& plan) {
    std::vector<std::vector<std::string>> rows;
    for (const SweepVariable& one : plan.variables)
        rows.push_back({escape(one.name), escape(listed(one.values, ", ", [](const std::string& value) { return value; })),
                        escape(listed(one.paths, ", ", [](const std::string& path) { return path; }))});
    const std::string table = html_table(
        "Searched", {{"variable", HtmlColumn::Kind::text}, {"values", HtmlColumn::Kind::text}, {"paths", HtmlColumn::Kind::text}},
        rows);
    return (rows.empty() ? "" : table) + "<p class=\"legend\">" + escape(how_searched(plan)) + "</p>\n";
}

}  // namespace

std::string plan_json(const Plan& plan) {
    std::string candidates;
    for (std::size_t i = 0; i < plan.candidates.size(); ++i) candidates += (i == 0 ? "" : ",\n") + candidate_json(plan, i);
    std::string close;
    for (const CloseCandidate& one : close_candidates(plan))
        close += (close.empty() ? "" : ", ") + std::string("{\"name\": ") + json_string(plan.name(one.candidate)) +
                 ", \"worse_by\": " + interval_json(one.worse) + "}";
    return "{\n\"title\": " + json_string(plan.title) + ",\n\"command\": " + json_string(plan.command) + ",\n\"outcome\": \"" +
           name_of(plan.outcome) + "\",\n\"objective\": {\"kpi\": " + json_string(plan.objective) + ", \"best\": \"" +
           (plan.best == statistics::Best::least ? "least" : "largest") + "\", \"zone\": " + json_number(plan.zone) +
           "},\n\"limits\": [" + listed(plan.limits, ", ", limit_json) +
           "],\n\"confidence\": " + json_number(plan.confidence.level()) + ",\n\"guarantee\": " + json_string(guarantee(plan)) +
           ",\n\"best\": " + (plan.leader ? candidate_json(plan, *plan.leader) : "null") +
           ",\n\"yaml\": " + json_string(plan.yaml) + ",\n\"not_distinguished\": [" + close + "],\n\"variables\": [" +
           listed(plan.variables, ", ",
                  [](const SweepVariable& one) {
                      return "{\"name\": " + json_string(one.name) + ", \"paths\": " + strings(one.paths) +
                             ", \"values\": " + strings(one.values) + "}";
                  }) +
           "],\n\"dropped\": " + strings(plan.dropped) + ",\n\"points\": " + json_number(plan.grid) +
           ",\n\"explored\": " + std::to_string(plan.explored) +
           ",\n\"exploration_runs\": " + std::to_string(plan.exploration_runs) +
           ",\n\"selection_runs\": " + std::to_string(plan.selection_runs) + ",\n\"candidates\": [\n" + candidates + "\n]\n}\n";
}

std::string plan_csv(const Plan& plan) {
    std::string out = "candidate,verdict,kpi,replications,mean,low,high\n";
    for (const std::size_t i : by_look(plan))
        for (const std::string& kpi : plan_kpis(plan)) {
            const auto one = plan_interval(plan, i, kpi);
            const bool ends = one && std::isfinite(one->half_width());
            out += "\"" + plan.name(i) + "\"," + name_of(plan.candidates[i].fate) + "," + kpi + "," +
                   std::to_string(plan.replications(i)) + "," + (one ? json_number(one->value) : "") + "," +
                   (ends ? json_number(one->low) : "") + "," + (ends ? json_number(one->high) : "") + "\n";
        }
    return out;
}

std::string plan_html(const Plan& plan) {
    StudyPage page;
    page.title_text = plan.title;
    page.lead_text = "Search for the " + std::string(plan.best == statistics::Best::least ? "least " : "largest ") +
                     kpi_label(plan.objective) + listed(plan.limits, "", [](const PlanLimit& one) { return ", " + one.text; });
    page.headline_text = plan.leader ? plan.name(*plan.leader) : "Nothing was measured";
    page.headline_note_text = headline(plan);
    page.tone = plan.outcome == Plan::Outcome::decided ? StudyPage::Tone::good : StudyPage::Tone::bad;
    page.command_text = plan.command;
    page.body_html = section("guarantee", "What is promised", "", "<p>" + escape(guarantee(plan)) + "</p>\n");
    if (plan.leader && !plan.candidates[*plan.leader].changes.empty())
        page.body_html += section("settings", "Settings", "For the command line, and for the scenario.",
                                  "<pre>" + escape(set_options(plan.candidates[*plan.leader].changes)) +
                                      "</pre>\n<pre style=\"margin-top:8px\">" + escape(plan.yaml) + "</pre>\n");
    page.body_html += section("close", "As good, for all that the runs say",
                              "Keep to the limits, and are not shown to be worse by more than the zone.", close_html(plan));
    page.body_html +=
        section("candidates", "Candidates", "By how good they look; means with their intervals.", candidates_html(plan));
    page.body_html += section("searched", "Searched", "", variables_html(plan));
    return study_page(page);
}

}  // namespace lastunit::reports
