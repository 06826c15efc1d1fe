#include "reports/gate/requirement.hpp"

#include <algorithm>
#include <cmath>

#include "reports/gate/counters.hpp"
#include "reports/text.hpp"

namespace lastunit::reports::gate {
namespace {

using Compare = model::Gate::Compare;
using Against = model::Gate::Against;

constexpr double kCostMargin = 0.01;

}  // namespace

std::vector<Requirement> requirements(const std::vector<model::Gate>& gates, double resolution) {
    std::vector<Requirement> out;
    for (const model::Gate& gate : gates) {
        if (gate.kpi.starts_with("load.")) continue;
        Requirement one{gate.text, gate.kpi, gate.compare, gate.against, gate.bound, gate.share, 0};
        const bool bare = gate.against == Against::baseline && gate.share == 0 && gate.bound == 0;
        if (bare) one.grace = one.wants_less() ? resolution : -resolution;
        out.push_back(std::move(one));
    }
    return out;
}

std::vector<Requirement> usual_requirements(double tolerance, double resolution) {
    const double grace = std::max(0.0, resolution - tolerance);
    const std::string amount = decimal(tolerance * 100, std::floor(tolerance * 100) == tolerance * 100 ? 0 : 1) + "%";
    std::vector<Requirement> out;
    for (const char* kpi : {"oversold_units", "undersold_units", "cost_per_order", "fulfilment_time_s.p99"})
        out.push_back(
            {std::string(kpi) + " <= baseline + " + amount, kpi, Compare::at_most, Against::baseline, 0, tolerance, grace});
    out.push_back({"promise_kept_rate >= baseline - " + amount, "promise_kept_rate", Compare::at_least, Against::baseline, 0,
                   -tolerance, -grace});
    return out;
}

std::vector<Requirement> cost_requirements() {
    std::vector<Requirement> out;
    for (const char* path : kCounters)
        out.push_back({std::string(counter_name(path)) + " <= baseline + 1%", path, Compare::at_most, Against::baseline, 0,
                       kCostMargin, 0});
    return out;
}

}  // namespace lastunit::reports::gate
