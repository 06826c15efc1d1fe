#include "reports/json.hpp"

#include "reports/gate/text.hpp"

namespace lastunit::reports::gate {
namespace {

std::string number(const std::optional<double>& value) { return value ? json_number(*value) : "null"; }

std::string case_json(const Case& one) {
    std::string out = "{\"name\": " + json_string(one.name) + ", \"kpi\": " + json_string(one.kpi) +
                      ", \"verdict\": " + json_string(name_of(one.outcome)) + ", \"reason\": " + json_string(one.reason) +
                      ", \"baseline\": " + number(one.baseline) + ", \"now\": " + number(one.now);
    const bool change = one.of == Case::Of::change;
    out += ", \"interval_of\": " + json_string(change ? "change" : "value") + ", \"interval\": ";
    out += one.interval ? "[" + json_number(one.interval->low) + ", " + json_number(one.interval->high) + "]" : "null";
    out += ", \"confidence\": " + (one.interval ? json_number(one.confidence) : "null");
    return out + ", \"replications_needed\": " + (one.need ? std::to_string(*one.need) : "null") + "}";
}

}  // namespace

std::string json(const Result& r) {
    std::string out = "{\n\"verdict\": " + json_string(name_of(r.outcome())) + ",\n\"scenario\": " + json_string(r.scenario) +
                      ",\n\"scenario_hash\": " + json_string(r.scenario_hash) + ",\n\"design\": " + json_string(r.design) +
                      ",\n\"first_seed\": " + std::to_string(r.first_seed) +
                      ",\n\"replications\": " + std::to_string(r.replications) + ",\n\"code\": " + json_string(r.code) +
                      ",\n\"baseline_code\": " + (r.baseline_code.empty() ? "null" : json_string(r.baseline_code)) +
                      ",\n\"baseline_replications\": " + std::to_string(r.baseline_runs) + ",\n\"notes\": [";
    for (std::size_t i = 0; i < r.notes.size(); ++i) out += (i > 0 ? ", " : "") + json_string(r.notes[i]);
    out += "],\n\"gates\": [";
    for (std::size_t i = 0; i < r.cases.size(); ++i) out += (i > 0 ? ",\n" : "\n") + case_json(r.cases[i]);
    return out + "\n],\n\"command\": " + json_string(r.command) + "\n}\n";
}

}  // namespace lastunit::reports::gate
