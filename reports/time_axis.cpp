#include "reports/time_axis.hpp"

#include <algorithm>
#include <cmath>

#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

using model::RunRecord;

constexpr double kMostBins = 300;

}  // namespace

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

}  // namespace lastunit::reports
