#include "reports/statistics/screening.hpp"

#include <cmath>
#include <numeric>
#include <utility>

#include "reports/statistics/mean.hpp"

namespace lastunit::reports::statistics {

namespace {

std::size_t below(std::size_t n, model::Stream& random) {
    return static_cast<std::size_t>(random.uniform() * static_cast<double>(n));
}

std::vector<std::size_t> shuffled(std::size_t n, model::Stream& random) {
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t i = n; i > 1; --i) std::swap(order[i - 1], order[below(i, random)]);
    return order;
}

}  // namespace

MorrisPlan morris_plan(std::size_t factors, std::size_t trajectories, int levels, model::Stream& random) {
    LASTUNIT_ASSERT(factors >= 1 && trajectories >= 2, "a factor, two trajectories");
    LASTUNIT_ASSERT(levels >= 2 && levels % 2 == 0, "an even number of levels: every value is then equally likely");
    MorrisPlan plan{factors, trajectories, static_cast<double>(levels) / (2.0 * (levels - 1)), {}};
    for (std::size_t t = 0; t < trajectories; ++t) {
        std::vector<double> point;
        // From the lower half a step up stays inside, from the upper half one down.
        for (std::size_t f = 0; f < factors; ++f)
            point.push_back(static_cast<double>(below(static_cast<std::size_t>(levels), random)) / (levels - 1));
        plan.points.push_back(point);
        for (const std::size_t f : shuffled(factors, random)) {
            point[f] += point[f] < 0.5 ? plan.step : -plan.step;
            plan.points.push_back(point);
        }
    }
    return plan;
}

std::vector<MorrisEffect> morris_effects(const MorrisPlan& plan, Sample outputs, Confidence confidence) {
    LASTUNIT_ASSERT(outputs.size() == plan.points.size(), "one output per point");
    std::vector<std::vector<double>> effects(plan.factors), sizes(plan.factors);
    for (std::size_t i = 0; i + 1 < outputs.size(); ++i) {
        if ((i + 1) % (plan.factors + 1) == 0) continue;  // the next point begins a trajectory
        for (std::size_t f = 0; f < plan.factors; ++f) {
            const double moved = plan.points[i + 1][f] - plan.points[i][f];
            if (moved == 0) continue;
            effects[f].push_back((outputs[i + 1] - outputs[i]) / moved);
            sizes[f].push_back(std::abs(effects[f].back()));
        }
    }
    std::vector<MorrisEffect> out;
    for (std::size_t f = 0; f < plan.factors; ++f)
        out.push_back(
            {mean_interval(effects[f], confidence), mean_interval(sizes[f], confidence), std::sqrt(variance(effects[f]))});
    return out;
}

}  // namespace lastunit::reports::statistics
