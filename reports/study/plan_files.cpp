// A plan as JSON and CSV.
#include <cmath>

#include "reports/json.hpp"
#include "reports/study/kpi_json.hpp"
#include "reports/study/plan.hpp"
#include "reports/study/plan_words.hpp"

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
           "}, \"settings\": " + strings(one.settings) + ", \"miss\": " + json_number(worst_miss(plan, i)) + "}";
}

std::string limit_json(const PlanLimit& one) {
    return "{\"text\": " + json_string(one.text) + ", \"kpi\": " + json_string(one.kpi) +
           ", \"bound\": " + json_number(one.limit.bound) + ", \"tolerance\": " + json_number(one.limit.tolerance) +
           ", \"side\": " + (one.limit.side == statistics::Limit::Side::at_most ? "\"at_most\"" : "\"at_least\"") + "}";
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
           ",\n\"selection_runs\": " + std::to_string(plan.selection_runs) + ",\n\"candidates\": [\n" + candidates +
           "\n],\n\"as_it_is\": " + (plan.as_it_is ? json_string(plan.name(*plan.as_it_is)) : "null") +
           ",\n\"screening\": " + (plan.screening ? indices_json(*plan.screening) : "null") +
           origin_json(plan.figures->identity()) + ",\n\"kpis\": " + kpis_json(plan_kpis(plan)) + "\n}\n";
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

}  // namespace lastunit::reports
