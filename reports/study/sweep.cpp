#include "reports/study/sweep.hpp"

#include <algorithm>
#include <cmath>

#include "reports/gates.hpp"
#include "reports/json.hpp"
#include "reports/statistics/difference.hpp"
#include "reports/statistics/mean.hpp"
#include "reports/study/kpi_json.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace st = statistics;

std::optional<st::Interval> sweep_interval(const Sweep& sweep, std::size_t point, const std::string& kpi) {
    const auto sample = sweep.figures->sample(point, kpi);
    if (!sample) return std::nullopt;
    return st::mean_interval(*sample, sweep.confidence);
}

std::optional<st::Interval> sweep_change(const Sweep& sweep, const std::string& kpi) {
    if (sweep.points.size() < 2) return std::nullopt;
    const auto pairs = sweep.figures->pairs(sweep.points.size() - 1, 0, kpi);
    if (!pairs || pairs->a.size() < 2) return std::nullopt;
    return st::mean_interval(st::differences(pairs->a, pairs->b), sweep.confidence);
}

std::string plus_minus_text(const std::string& kpi, const std::optional<st::Interval>& interval) {
    if (!interval) return "-";
    const std::string value = kpi_text(kpi, interval->value);
    if (!std::isfinite(interval->half_width())) return value;
    return value + " ±" + (interval->half_width() > 0 ? kpi_text(kpi, interval->half_width()) : "0");
}

std::string confidence_text(st::Confidence confidence) {
    const double percent = confidence.level() * 100;
    return decimal(percent, std::abs(percent - std::round(percent)) < 1e-9 ? 0 : 1) + " %";
}

std::string range_text(const std::string& kpi, const st::Interval& interval) {
    if (!std::isfinite(interval.half_width())) return "one run";
    return kpi_text(kpi, interval.low) + " to " + kpi_text(kpi, interval.high);
}

namespace {

std::string interval_json(const std::optional<st::Interval>& interval) {
    if (!interval) return "null";
    return "{\"mean\": " + json_number(interval->value) + ", \"low\": " + json_number(interval->low) +
           ", \"high\": " + json_number(interval->high) + "}";
}

template <class Items, class Text> std::string listed(const Items& items, const Text& text) {
    std::string out;
    for (const auto& one : items) out += (out.empty() ? "" : ", ") + text(one);
    return out;
}

std::string variable_json(const SweepVariable& one) {
    return "{\"name\": " + json_string(one.name) + ", \"paths\": [" +
           listed(one.paths, [](const std::string& path) { return json_string(path); }) + "], \"values\": [" +
           listed(one.values, [](const std::string& value) { return json_string(value); }) +
           "], \"axis\": " + (one.axis == SweepVariable::Axis::number ? "\"number\"" : "\"name\"") + ", \"at\": [" +
           listed(one.at, [](double at) { return json_number(at); }) + "]}";
}

std::string point_json(const Sweep& sweep, std::size_t point) {
    std::string values, kpis;
    for (std::size_t i = 0; i < sweep.variables.size(); ++i)
        values += (i == 0 ? "" : ", ") + json_string(sweep.variables[i].name) + ": " +
                  json_string(sweep.variables[i].values[sweep.points[point][i]]);
    for (const std::string& kpi : sweep.kpis)
        kpis += (kpis.empty() ? "" : ", ") + json_string(kpi) + ": " + interval_json(sweep_interval(sweep, point, kpi));
    return "{\"name\": " + json_string(sweep.figures->name(point)) + ", \"values\": {" + values + "}, \"set\": [" +
           listed(sweep.changes[point], [](const std::string& one) { return json_string(one); }) +
           "], \"replications\": " + std::to_string(sweep.figures->replications(point).size()) + ", \"kpis\": {" + kpis + "}}";
}

std::string csv_cell(const std::string& text) {
    if (text.find_first_of(",\"\n") == std::string::npos) return text;
    std::string out = "\"";
    for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

}  // namespace

std::string sweep_json(const Sweep& sweep) {
    const model::Identity* identity = sweep.figures->identity();
    std::string out = "{\n\"scenario\": " + json_string(identity == nullptr ? "" : identity->scenario()) +
                      ",\n\"title\": " + json_string(identity == nullptr ? "" : identity->scenario_title()) +
                      ",\n\"command\": " + json_string(sweep.command) +
                      ",\n\"confidence\": " + json_number(sweep.confidence.level()) + ",\n\"variables\": [\n";
    out += listed(sweep.variables, variable_json) + "],\n\"changes\": {";
    out += listed(sweep.kpis,
                  [&](const std::string& kpi) { return json_string(kpi) + ": " + interval_json(sweep_change(sweep, kpi)); });
    out += "},\n\"points\": [\n";
    for (std::size_t i = 0; i < sweep.points.size(); ++i) out += (i == 0 ? "" : ",\n") + point_json(sweep, i);
    return out + "\n]" + origin_json(identity) + ",\n\"kpis\": " + kpis_json(sweep.kpis) + "\n}\n";
}

std::string sweep_csv(const Sweep& sweep) {
    std::string out;
    for (const SweepVariable& one : sweep.variables) out += csv_cell(one.name) + ",";
    out += "kpi,replications,mean,low,high\n";
    for (std::size_t point = 0; point < sweep.points.size(); ++point)
        for (const std::string& kpi : sweep.kpis) {
            const auto interval = sweep_interval(sweep, point, kpi);
            for (std::size_t i = 0; i < sweep.variables.size(); ++i)
                out += csv_cell(sweep.variables[i].values[sweep.points[point][i]]) + ",";
            out += kpi + "," + std::to_string(sweep.figures->replications(point).size());
            const bool ends = interval && std::isfinite(interval->half_width());
            out += "," + (interval ? json_number(interval->value) : "") + "," + (ends ? json_number(interval->low) : "") + "," +
                   (ends ? json_number(interval->high) : "") + "\n";
        }
    return out;
}

}  // namespace lastunit::reports
