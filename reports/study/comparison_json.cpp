#include "reports/json.hpp"
#include "reports/study/comparison_reports.hpp"
#include "reports/study/kpi_json.hpp"
#include "reports/study/kpi_table.hpp"

namespace lastunit::reports {
namespace {

using statistics::Interval;

std::string text(std::string_view value) { return json_string(value); }

template <class Item, class Write> std::string list(const std::vector<Item>& items, Write write) {
    std::string out = "[";
    for (const Item& item : items) out += (out.size() > 1 ? ", " : "") + write(item);
    return out + "]";
}

// Objects, one a line.
template <class Item, class Write> std::string lines(const std::vector<Item>& items, Write write) {
    std::string out = "[";
    for (const Item& item : items) out += (out.size() > 1 ? ",\n  " : "\n  ") + write(item);
    return out + (items.empty() ? "]" : "\n]");
}

std::string interval(const Interval& i) {
    return "\"value\": " + json_number(i.value) + ", \"low\": " + json_number(i.low) + ", \"high\": " + json_number(i.high);
}

std::string finding(Finding found) { return found == Finding::not_shown ? "not_shown" : std::string(finding_text(found)); }

std::string difference(const ArmDifference& d) {
    return "{" + interval(d.interval) + ", \"p\": " + json_number(d.p) + ", \"verdict\": " + text(finding(d.finding)) +
           ", \"ratio\": " + (d.ratio ? "{" + interval(*d.ratio) + "}" : "null") +
           ", \"replications_still_needed\": " + (d.still_needed ? std::to_string(*d.still_needed) : "null") +
           ", \"pairing_gain\": " + (d.pairing_gain ? json_number(*d.pairing_gain) : "null") + "}";
}

std::string kpi(const StudyComparison& study, const ComparedKpi& one) {
    std::string arms;
    for (std::size_t arm = 0; arm < one.arms.size(); ++arm) {
        const auto& of = one.arms[arm];
        arms += (arm > 0 ? ",\n    " : "\n    ") + ("{\"arm\": " + text(study.arms[arm])) + ", \"mean\": {" + interval(of.mean) +
                "}, \"difference\": " + (of.against ? difference(*of.against) : "null") +
                ", \"values\": " + list(of.values, [](double v) { return json_number(v); }) + "}";
    }
    return "{\"path\": " + text(one.path) + ", \"label\": " + text(kpi_label(one.path)) +
           ", \"better\": " + text(direction_name(one.path)) + ", \"arms\": [" + arms +
           "\n  ], \"unit\": " + text(unit_name(one.path)) + "}";
}

std::string place(const StudyComparison& study, std::size_t arm) {
    constexpr std::string_view kWhere[] = {"on_front", "dominated", "dominated_in_means"};
    const FrontPlace& one = study.front.arms[arm];
    const bool on = one.where == FrontPlace::Where::on_front;
    return "{\"arm\": " + text(study.arms[arm]) + ", \"place\": " + text(kWhere[static_cast<std::size_t>(one.where)]) +
           ", \"by\": " + (on ? "null" : text(study.arms[one.by])) + "}";
}

std::string arm(const StudyComparison& study, std::size_t at) {
    return "{\"name\": " + text(study.arms[at]) +
           ", \"seeds\": " + list(study.runs[at], [](std::uint64_t s) { return std::to_string(s); }) +
           ", \"fingerprints\": " + list(study.fingerprints[at], [](const std::string& f) { return text(f); }) +
           ", \"repeat_command\": " + text(study.repeat_commands[at]) + "}";
}

std::string choice(const StudyComparison& study, const Choice& one) {
    constexpr std::string_view kCertainty[] = {"shown", "equal", "not_shown", "one_run"};
    const auto name = [&](std::size_t arm) { return text(study.arms[arm]); };
    const auto weighed = [](const Choice::Weighed& of) {
        return "{\"kpi\": " + text(of.kpi) + ", \"apart\": " + json_number(of.apart) + ", \"counts\": " + json_number(of.counts) +
               "}";
    };
    return "{\"priority\": " + text(one.id) + ", \"label\": " + text(one.label) + ", \"kpis\": " + list(one.kpis, text) +
           ", \"best\": " + name(one.best) + ", \"certainty\": " + text(kCertainty[static_cast<std::size_t>(one.certainty)]) +
           ", \"may_be_best\": " + list(one.may_be_best, name) +
           ", \"best_in\": " + (study.seeds == Seeds::common ? std::to_string(one.best_in) : "null") +
           ", \"replications_still_needed\": " + (one.still_needed ? std::to_string(*one.still_needed) : "null") +
           ", \"scores\": " + list(one.scores, [](const Interval& score) { return "{" + interval(score) + "}"; }) +
           ", \"next\": " + (one.next ? name(*one.next) : "null") +
           ", \"ahead\": " + (one.next ? "{" + interval(one.ahead) + "}" : "null") +
           ", \"weighed\": " + list(one.weighed, weighed) + "}";
}

std::string days(const StudyComparison& study) {
    std::string out;
    for (std::size_t arm = 0; arm < study.days.size(); ++arm)
        if (study.days[arm])
            out += (out.empty() ? "\n  " : ",\n  ") + ("{\"arm\": " + text(study.arms[arm])) + ", " + day_json(*study.days[arm]) +
                   "}";
    return "[" + out + (out.empty() ? "]" : "\n]");
}

// Those of the front that are not among the KPIs.
std::vector<ComparedKpi> only_of_front(const StudyComparison& study) {
    std::vector<ComparedKpi> out;
    for (const ComparedKpi& one : study.front_figures)
        if (study.kpi(one.path) == nullptr) out.push_back(one);
    return out;
}

}  // namespace

std::string study_comparison_json(const StudyComparison& study) {
    const model::Identity& id = study.identity;
    std::vector<std::size_t> arms;
    for (std::size_t i = 0; i < study.arms.size(); ++i) arms.push_back(i);
    std::string out = "{\n\"scenario\": " + text(id.scenario()) + ",\n\"title\": " + text(id.scenario_title()) +
                      ",\n\"currency\": " + text(id.currency()) + ",\n\"version\": " + text(id.version()) +
                      ",\n\"commit\": " + text(id.commit());
    out += ",\n\"seeds\": " + text(study.seeds == Seeds::common ? "common" : "independent");
    out += ",\n\"replications\": " + std::to_string(study.replications()) +
           ",\n\"seeds_left_out\": " + std::to_string(study.incomplete);
    out += ",\n\"confidence\": " + json_number(study.confidence.level());
    out += ",\n\"baseline\": " + text(study.arms[study.baseline]);
    out += ",\n\"arms\": " + lines(arms, [&](std::size_t i) { return arm(study, i); });
    out += ",\n\"kpis\": " + lines(study.kpis, [&](const ComparedKpi& one) { return kpi(study, one); });
    if (study.front.arms.empty()) arms.clear();
    out += ",\n\"pareto\": {\"kpis\": " + list(study.front.kpis, [](const std::string& path) { return text(path); }) +
           ", \"arms\": " + lines(arms, [&](std::size_t i) { return place(study, i); }) + "}";
    out += ",\n\"gates_broken\": " + lines(study.gates, [&](const BrokenGate& gate) {
               return "{\"arm\": " + text(study.arms[gate.arm]) + ", \"gate\": " + text(gate.text) +
                      ", \"broken\": " + std::to_string(gate.broken) + ", \"judged\": " + std::to_string(gate.judged) +
                      ", \"repeat_command\": " + text(gate.repeat_command) + "}";
           });
    out += ",\n\"left_out\": " + lines(study.left_out, [](const LeftOut& one) {
               return "{\"path\": " + text(one.path) + ", \"why\": " + text(one.why) + "}";
           });
    out += ",\n\"command\": " + text(study.repeat_command) + ",\n\"shoppers\": " + std::to_string(study.shoppers) +
           ",\n\"scenario_hash\": " + text(id.scenario_hash());
    out += ",\n\"front_kpis\": " + lines(only_of_front(study), [&](const ComparedKpi& one) { return kpi(study, one); });
    out += ",\n\"choices\": " + lines(study.choices, [&](const Choice& one) { return choice(study, one); });
    out += ",\n\"days\": " + days(study);
    return out + "\n}\n";
}

}  // namespace lastunit::reports
