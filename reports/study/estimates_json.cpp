#include "reports/json.hpp"
#include "reports/study/estimates.hpp"
#include "reports/study/gate_tally.hpp"
#include "reports/study/kpi_json.hpp"
#include "reports/study/kpi_table.hpp"

namespace lastunit::reports {
namespace {

using statistics::Interval;

std::string interval_json(const Interval& interval) {
    return "{\"value\": " + json_number(interval.value) + ", \"low\": " + json_number(interval.low) +
           ", \"high\": " + json_number(interval.high) + "}";
}

std::string numbers(const std::vector<double>& all) {
    std::string out;
    for (const double value : all) out += (out.empty() ? "" : ", ") + json_number(value);
    return "[" + out + "]";
}

std::string kpi_json(const StudyFigures& figures, std::size_t arm, const std::string& path) {
    const auto one = estimate(figures, arm, path);
    const auto sample = figures.sample(arm, path);
    if (!one || !sample) return "";
    return "      " + json_string(path) + ": {\"mean\": " + interval_json(one->mean) +
           ", \"median\": " + interval_json(one->median) + ", \"values\": " + numbers(*sample) + "}";
}

std::string gate_json(const GateTally& gate) {
    return "{\"gate\": " + json_string(gate.text) + ", \"kpi\": " + json_string(gate.kpi) +
           ", \"bound\": " + json_number(gate.bound) + ", \"broken\": " + std::to_string(gate.broken) +
           ", \"judged\": " + std::to_string(gate.judged) + ", \"values\": " + numbers(gate.values) +
           ", \"repeat_command\": " + json_string(gate.repeat_command) + "}";
}

std::string risk_json(const StudyFigures& figures, std::size_t arm) {
    const auto risk = oversell_risk(figures, arm);
    if (!risk) return "null";
    std::string units;
    for (const auto& [least, probability] : risk->units)
        units += (units.empty() ? "" : ", ") + ("{\"units\": " + json_number(least)) +
                 ", \"probability\": " + interval_json(probability) + "}";
    return "{\"at_least\": [" + units + "], \"oversold_value_worst_of_20\": " + interval_json(risk->oversold_value.var) +
           ", \"mean_beyond\": " + interval_json(risk->oversold_value.cvar) + "}";
}

std::string arm_json(const StudyFigures& figures, std::size_t arm) {
    std::string seeds, prints, kpis, gates;
    std::vector<const Replication*> runs;
    std::vector<const RunDay*> days;
    for (const Replication& run : figures.replications(arm)) {
        seeds += (seeds.empty() ? "" : ", ") + std::to_string(run.seed);
        prints += (prints.empty() ? "" : ", ") + json_string(run.identity.fingerprint());
        runs.push_back(&run);
        if (run.day) days.push_back(&*run.day);
    }
    for (const std::string& path : figures.paths())
        if (const std::string text = kpi_json(figures, arm, path); !text.empty()) kpis += (kpis.empty() ? "\n" : ",\n") + text;
    for (const GateTally& gate : gate_tallies(runs)) gates += (gates.empty() ? "" : ", ") + gate_json(gate);
    const auto day = day_over(days);
    return "\n    {\"name\": " + json_string(figures.name(arm)) + ", \"seeds\": [" + seeds + "],\n     \"fingerprints\": [" +
           prints + "],\n     \"kpi\": {" + kpis + "},\n     \"gates\": [" + gates +
           "],\n     \"risk\": " + risk_json(figures, arm) + ",\n     \"day\": " + (day ? "{" + day_json(*day) + "}" : "null") +
           "}";
}

}  // namespace

std::string estimates_json(const StudyFigures& figures, const std::string& command) {
    if (figures.identity() == nullptr) return "{}\n";
    const model::Identity& id = *figures.identity();
    std::string out = "{\n  \"scenario\": " + json_string(id.scenario()) +
                      ",\n  \"scenario_hash\": " + json_string(id.scenario_hash()) +
                      ",\n  \"commit\": " + json_string(id.commit()) + ",\n  \"arms\": [";
    for (std::size_t arm = 0; arm < figures.arms(); ++arm) out += (arm == 0 ? "" : ",") + arm_json(figures, arm);
    std::vector<std::string> usual;
    for (const StudyKpi& kpi : study_kpis()) usual.emplace_back(kpi.path);
    return out + "\n  ],\n  \"title\": " + json_string(id.scenario_title()) + ",\n  \"currency\": " + json_string(id.currency()) +
           ",\n  \"version\": " + json_string(id.version()) + ",\n  \"command\": " + json_string(command) +
           ",\n  \"confidence\": " + json_number(statistics::Confidence().level()) + ",\n  \"kpis\": " + kpis_json(usual) +
           "\n}\n";
}

}  // namespace lastunit::reports
