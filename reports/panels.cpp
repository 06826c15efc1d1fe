#include "reports/panels.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

using model::RunRecord;

constexpr double kMostBins = 300;
constexpr std::size_t kMostLagLines = 6;  // more lines than colours cannot be told apart

}  // namespace

std::string rest_of(const Values& values, const Axis& axis, Merge how) {
    std::size_t top = 0;
    double sum = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] > values[top]) top = i;
        sum += values[i];
    }
    if (values.empty() || !(values[top] > 0)) return "none";
    const std::string peak = "peak " + decimal(values[top], 0) + " at " + axis.clock_at(top);
    return how == Merge::sum ? decimal(sum, 0) + " in all, " + peak : peak;
}

std::string Axis::clock_at(std::size_t bin) const {
    const double at = start_s + bin_s * static_cast<double>(bin);
    if (labels == Labels::elapsed) return round_span(at);
    return several_days() ? day_clock(at) : clock(at);
}

Axis axis_of(const RunRecord& record) {
    const auto& s = record.series();
    const int steps = std::max({s.orders_size(), s.arrivals_size(), s.oversold_size(), s.stock_size(), s.open_orders_size()});
    Axis axis;
    axis.start_s = record.identity().start_of_day_s();
    set_bins(axis, steps, s.step_s());
    return axis;
}

void set_bins(Axis& axis, int steps, double step_s) {
    if (steps <= 0 || !(step_s > 0)) return;
    const double length_s = step_s * steps;
    axis.per_bin = static_cast<std::size_t>(std::ceil(steps / kMostBins));
    for (const double round : kRoundTimes) {
        const double per = round / step_s;
        if (per < 1 || std::floor(per) != per || length_s / round > kMostBins) continue;
        axis.per_bin = static_cast<std::size_t>(per);
        break;
    }
    axis.bins = (static_cast<std::size_t>(steps) + axis.per_bin - 1) / axis.per_bin;
    axis.bin_s = step_s * static_cast<double>(axis.per_bin);
}

std::vector<Panel> panels_of(const RunRecord& record, const Axis& axis) {
    const auto& s = record.series();
    std::vector<Panel> panels;
    const std::string per = "per " + round_span(axis.bin_s);
    const auto counts = [&](std::string_view title, std::string_view unit, std::string_view tone, const auto& steps,
                            std::uint64_t after) {
        if (steps.empty()) return;
        Values values = merged(steps, axis, Merge::sum);
        panels.push_back(
            {std::string(title), std::string(unit) + " " + per, std::string(tone), rest_of(values, axis, Merge::sum), {}});
        if (after > 0) panels.back().rest_text += ", " + grouped(after) + " more after the last step";
        panels.back().lines.push_back({"", std::move(values)});
    };
    const auto level = [&](std::string_view title, std::string_view unit, const auto& steps) {
        if (steps.empty()) return;
        Values values = merged(steps, axis, Merge::last);
        panels.push_back(
            {std::string(title), std::string(unit), "calm", rest_of(values, axis, Merge::last), {}, Panel::Scale::level});
        panels.back().lines.push_back({"", std::move(values)});
    };
    counts("Shoppers arriving", "", "calm", s.arrivals(), s.arrivals_after());
    counts("Orders accepted", "", "calm", s.orders(), s.orders_after());
    counts("Oversold", "units", "bad", s.oversold(), s.oversold_after());
    counts("Undersold", "units", "warn", s.undersold(), s.undersold_after());
    counts("Refused", "units", "warn", s.refused(), s.refused_after());
    counts("Cancelled", "units", "bad", s.cancelled(), s.cancelled_after());
    level("Stock on shelves", "units, truth", s.stock());
    level("Open orders", "orders", s.open_orders());
    level("Held", "units in live holds", s.held());
    return panels;
}

std::optional<Panel> lag_panel(const RunRecord& record, const Axis& axis) {
    std::vector<std::pair<double, const model::EdgeSeries*>> edges;
    for (const auto& edge : record.series().edge_lag()) {
        double p99 = 0;
        for (const auto& kpi : record.edges())
            if (kpi.name() == edge.edge() && kpi.lag_s().count() > 0) p99 = kpi.lag_s().p99();
        edges.emplace_back(p99, &edge);
    }
    std::stable_sort(edges.begin(), edges.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    const std::size_t all = edges.size();
    edges.resize(std::min(all, kMostLagLines));
    Panel panel{"Sync lag", "mean of a step's messages, the highest per " + round_span(axis.bin_s) + ", logarithmic",
                "calm",     "",
                {},         Panel::Scale::lag};
    if (edges.size() < all)
        panel.unit_text += ", the slowest " + std::to_string(edges.size()) + " of " + std::to_string(all) + " edges";
    for (const auto& [p99, edge] : edges) {
        Values values = merged(edge->mean_lag_s(), axis, Merge::highest);
        if (std::any_of(values.begin(), values.end(), [](double v) { return v >= 0; }))
            panel.lines.push_back({edge->edge(), std::move(values)});
    }
    if (panel.lines.empty()) return std::nullopt;
    return panel;
}

}  // namespace lastunit::reports
