#include "reports/page_record.hpp"

#include <algorithm>
#include <cmath>

#include "reports/time_axis.hpp"

namespace lastunit::reports {
namespace {

using model::Series;

constexpr std::size_t kFewestSteps = 200;  // however many edges there are: a day must stay a day

enum class Merged : std::uint8_t { sum, last, mean, highest };

std::size_t steps_of(const Series& s) {
    int most = 0;
    for (const int size :
         {s.orders_size(), s.oversold_size(), s.undersold_size(), s.refused_size(), s.stock_size(), s.cancelled_size(),
          s.arrivals_size(), s.shoppers_active_size(), s.open_orders_size(), s.held_size(), s.open_picks_size()})
        most = std::max(most, size);
    return static_cast<std::size_t>(most);
}

std::size_t values_of(const Series& s) {
    std::size_t values = 11 * steps_of(s);
    for (const auto& edge : s.edge_lag())
        values += static_cast<std::size_t>(edge.mean_lag_s_size()) + static_cast<std::size_t>(edge.max_lag_s_size());
    for (const auto& node : s.backlog()) values += 3 * static_cast<std::size_t>(node.open_picks_size());
    return values;
}

float three_digits(double value) {
    if (!(value > 0)) return static_cast<float>(value);
    const double unit = std::pow(10.0, std::floor(std::log10(value)) - 2);
    return static_cast<float>(std::round(value / unit) * unit);
}

// Negative values: nothing was measured.
template <class Values> double of_group(const Values& values, int from, int until, Merged how) {
    double sum = 0, highest = -1;
    int measured = 0;
    for (int i = from; i < until; ++i) {
        const auto value = static_cast<double>(values[i]);
        if (value < 0) continue;
        sum += value, highest = std::max(highest, value), ++measured;
    }
    if (how == Merged::sum) return sum;
    if (how == Merged::last) return static_cast<double>(values[until - 1]);
    if (measured == 0) return -1;
    return how == Merged::mean ? sum / measured : highest;
}

template <class Values> void merge(Values& values, std::size_t group, Merged how) {
    const int step = static_cast<int>(group), size = values.size();
    int made = 0;
    for (int from = 0; from < size; from += step) {
        const double value = of_group(values, from, std::min(from + step, size), how);
        using Value = std::decay_t<decltype(values[0])>;
        if constexpr (std::is_floating_point_v<Value>)
            values[made++] = three_digits(value);
        else
            values[made++] = static_cast<Value>(value);
    }
    values.Truncate(made);
}

}  // namespace

std::size_t steps_merged(const Series& series) {
    const std::size_t steps = steps_of(series);
    if (steps == 0) return 1;
    const std::size_t in_each = std::max<std::size_t>(values_of(series) / steps, 1);
    const std::size_t most = std::clamp(kMostPageValues / in_each, kFewestSteps, kMostPageSteps);
    if (steps <= most) return 1;
    for (const double round : kRoundTimes) {
        const double group = round / series.step_s();
        if (group < 2 || std::floor(group) != group) continue;
        const double left = std::ceil(static_cast<double>(steps) / group);
        if (left > static_cast<double>(most)) continue;
        if (left * 3 < static_cast<double>(most)) break;  // too coarse: the next round time is far away
        return static_cast<std::size_t>(group);
    }
    return (steps + most - 1) / most;
}

model::RunRecord page_record(const model::RunRecord& record) {
    model::RunRecord page = record;
    const std::size_t group = steps_merged(record.series());
    if (group == 1) return page;
    Series& s = *page.mutable_series();
    s.set_step_s(s.step_s() * static_cast<double>(group));
    for (auto* counts : {s.mutable_orders(), s.mutable_oversold(), s.mutable_undersold(), s.mutable_refused(),
                         s.mutable_cancelled(), s.mutable_arrivals()})
        merge(*counts, group, Merged::sum);
    merge(*s.mutable_stock(), group, Merged::last);
    for (auto* states : {s.mutable_shoppers_active(), s.mutable_open_orders(), s.mutable_held(), s.mutable_open_picks()})
        merge(*states, group, Merged::last);
    for (model::EdgeSeries& edge : *s.mutable_edge_lag()) {
        merge(*edge.mutable_mean_lag_s(), group, Merged::mean);
        merge(*edge.mutable_max_lag_s(), group, Merged::highest);
    }
    for (model::NodeSeries& node : *s.mutable_backlog()) {
        merge(*node.mutable_open_picks(), group, Merged::last);
        merge(*node.mutable_oldest_s(), group, Merged::highest);
        merge(*node.mutable_at_work(), group, Merged::last);
    }
    return page;
}

}  // namespace lastunit::reports
