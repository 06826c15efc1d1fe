#include "reports/gate/saturation.hpp"

#include <array>
#include <optional>

#include "reports/text.hpp"

namespace lastunit::reports::gate {
namespace {

constexpr double kOpenShare = 0.02;
constexpr double kFallsBehind = 0.05;

std::optional<double> mean_of_quarter(const model::EdgeSeries& series, int quarter) {
    const int n = series.mean_lag_s_size();
    double sum = 0;
    int measured = 0;
    for (int i = n * quarter / 4; i < n * (quarter + 1) / 4; ++i) {
        if (series.mean_lag_s(i) < 0) continue;  // nothing was applied in this step
        sum += static_cast<double>(series.mean_lag_s(i));
        ++measured;
    }
    if (measured == 0) return std::nullopt;
    return sum / measured;
}

bool falls_behind(const model::EdgeSeries& series, double step_s) {
    std::array<double, 4> lag{};
    for (int i = 1; i < 4; ++i) {
        const auto mean = mean_of_quarter(series, i);
        if (!mean) return false;
        lag[static_cast<std::size_t>(i)] = *mean;
    }
    const double quarter_s = step_s * series.mean_lag_s_size() / 4;
    return lag[1] < lag[2] && lag[2] < lag[3] && lag[3] - lag[2] > kFallsBehind * quarter_s;
}

}  // namespace

std::string saturated(const model::RunRecord& record) {
    const model::Kpi& kpi = record.kpi();
    const bool drained = record.identity().simulated_s() > record.identity().horizon_s();
    if (drained && kpi.open_units() > 0 &&
        static_cast<double>(kpi.open_units()) >= kOpenShare * static_cast<double>(kpi.units_accepted()))
        return grouped(kpi.open_units()) + " of " + grouped(kpi.units_accepted()) +
               " units accepted were still waiting to be fulfilled at the end";
    for (const model::EdgeSeries& series : record.series().edge_lag())
        for (const model::EdgeKpi& edge : record.edges())
            if (edge.name() == series.edge() && edge.kind() == "push" && falls_behind(series, record.series().step_s()))
                return "the edge " + printable(edge.name()) + " fell further behind to the end";
    return "";
}

}  // namespace lastunit::reports::gate
