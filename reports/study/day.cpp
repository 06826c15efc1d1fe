#include "reports/study/day.hpp"

#include <algorithm>
#include <cmath>

#include "reports/json.hpp"
#include "reports/time_axis.hpp"

namespace lastunit::reports {
namespace {

constexpr double kOuter = 0.1;  // of the runs, on either side of the band

// Thousandths are more than an eye sees of a mean; a third of them would be half of the file.
double rounded(double value) { return std::round(value * 1000) / 1000; }

// Between neighbours, as R's default (type 7): a band of three runs has no steps.
double quantile(const std::vector<double>& sorted, double p) {
    const double at = p * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(at);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (at - std::floor(at)) * (sorted[above] - sorted[below]);
}

DayLine line_over(std::span<const RunDay* const> runs, std::size_t line) {
    std::size_t steps = runs.front()->lines[line].size();
    for (const RunDay* run : runs) steps = std::min(steps, run->lines[line].size());
    DayLine out;
    std::vector<double> here(runs.size());
    for (std::size_t step = 0; step < steps; ++step) {
        double sum = 0;
        for (std::size_t i = 0; i < runs.size(); ++i) sum += here[i] = runs[i]->lines[line][step];
        std::sort(here.begin(), here.end());
        out.mean.push_back(rounded(sum / static_cast<double>(runs.size())));
        out.low.push_back(rounded(quantile(here, kOuter)));
        out.high.push_back(rounded(quantile(here, 1 - kOuter)));
    }
    return out;
}

StudyEdge edge_over(std::span<const RunDay* const> runs, std::size_t edge) {
    const model::EdgeKpi& first = runs.front()->edges[edge];
    StudyEdge out{first.name(), first.from(), first.to(), first.kind(), 0, 0, {}, {}};
    double travelled = 0, p50 = 0, p99 = 0;
    for (const RunDay* run : runs) {
        if (edge >= run->edges.size()) continue;
        const model::EdgeKpi& one = run->edges[edge];
        out.messages += static_cast<double>(one.messages()) / static_cast<double>(runs.size());
        out.lost += static_cast<double>(one.lost()) / static_cast<double>(runs.size());
        if (one.lag_s().count() == 0) continue;
        travelled += 1, p50 += one.lag_s().p50(), p99 += one.lag_s().p99();
    }
    if (travelled > 0) out.lag_p50_s = p50 / travelled, out.lag_p99_s = p99 / travelled;
    return out;
}

std::string numbers(const std::vector<double>& all) {
    std::string out = "[";
    for (const double one : all) out += (out.size() > 1 ? "," : "") + json_number(one);
    return out + "]";
}

std::string edge_json(const StudyEdge& edge) {
    const auto seconds = [](const std::optional<double>& value) { return value ? json_number(*value) : std::string("null"); };
    return "{\"name\": " + json_string(edge.name) + ", \"from\": " + json_string(edge.from) +
           ", \"to\": " + json_string(edge.to) + ", \"kind\": " + json_string(edge.kind) +
           ", \"messages\": " + json_number(rounded(edge.messages)) + ", \"lost\": " + json_number(rounded(edge.lost)) +
           ", \"lag_p50_s\": " + seconds(edge.lag_p50_s) + ", \"lag_p99_s\": " + seconds(edge.lag_p99_s) + "}";
}

}  // namespace

RunDay day_of(const model::RunRecord& record) {
    const auto& s = record.series();
    const Axis axis = axis_of(record);
    RunDay out;
    out.start_of_day_s = axis.start_s;
    out.step_s = axis.bin_s;
    const auto counts = [&](const auto& steps) { return steps.empty() ? Values{} : merged(steps, axis, Merge::sum); };
    out.lines = {counts(s.orders()),  counts(s.oversold()),  counts(s.undersold()),
                 counts(s.refused()), counts(s.cancelled()), s.stock().empty() ? Values{} : merged(s.stock(), axis, Merge::last)};
    out.edges.assign(record.edges().begin(), record.edges().end());
    return out;
}

std::optional<StudyDay> day_over(std::span<const RunDay* const> runs) {
    if (runs.empty()) return std::nullopt;
    StudyDay out;
    out.start_of_day_s = runs.front()->start_of_day_s;
    out.step_s = runs.front()->step_s;
    for (const RunDay* run : runs)
        if (run->step_s != out.step_s || run->start_of_day_s != out.start_of_day_s) return std::nullopt;
    for (std::size_t line = 0; line < kDayLines.size(); ++line) out.lines[line] = line_over(runs, line);
    for (std::size_t edge = 0; edge < runs.front()->edges.size(); ++edge) out.edges.push_back(edge_over(runs, edge));
    return out;
}

std::string day_json(const StudyDay& day) {
    std::string edges, lines;
    for (const StudyEdge& edge : day.edges) edges += (edges.empty() ? "" : ", ") + edge_json(edge);
    for (std::size_t i = 0; i < kDayLines.size(); ++i)
        lines += (i == 0 ? "" : ", ") + json_string(kDayLines[i]) + ": {\"mean\": " + numbers(day.lines[i].mean) +
                 ", \"low\": " + numbers(day.lines[i].low) + ", \"high\": " + numbers(day.lines[i].high) + "}";
    return "\"start_of_day_s\": " + json_number(day.start_of_day_s) + ", \"step_s\": " + json_number(day.step_s) +
           ", \"edges\": [" + edges + "], \"lines\": {" + lines + "}";
}

}  // namespace lastunit::reports
