#include "reports/statistics/splitting.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "reports/statistics/distributions.hpp"
#include "reports/statistics/mean.hpp"
#include "reports/statistics/proportion.hpp"

namespace lastunit::reports::statistics {

namespace {

double share(const Level& level) { return static_cast<double>(level.hits) / static_cast<double>(level.trials); }

}  // namespace

double fixed_effort_estimate(std::span<const Level> levels) {
    double product = 1;
    for (const Level& level : levels) {
        LASTUNIT_ASSERT(level.trials > 0 && level.hits <= level.trials, "hits are some of the trials");
        product *= share(level);
    }
    return product;
}

Interval fixed_effort_interval(std::span<const Level> levels, Confidence confidence) {
    double before = 1, spread = 0;
    for (const Level& level : levels) {
        if (level.hits == 0) return {0, 0, before * proportion_interval(0, level.trials, confidence).high};
        before *= share(level);
        spread += (1 - share(level)) / static_cast<double>(level.hits);
    }
    const double factor = std::exp(normal_quantile(confidence.upper()) * std::sqrt(spread));
    return {fixed_effort_estimate(levels), before / factor, std::min(1.0, before * factor)};
}

Interval splitting_interval(Sample estimates, Confidence confidence) {
    Interval out = mean_interval(estimates, confidence);
    if (out.value == 0) return {0, 0, std::numeric_limits<double>::infinity()};
    out.low = std::max(0.0, out.low);
    return out;
}

Interval restart_interval(std::span<const std::int64_t> hits, std::span<const std::int64_t> split, Confidence confidence) {
    double paths = 1;
    for (const std::int64_t into : split) paths *= static_cast<double>(into);
    std::vector<double> per_root;
    for (const std::int64_t hit : hits) per_root.push_back(static_cast<double>(hit) / paths);
    return splitting_interval(per_root, confidence);
}

}  // namespace lastunit::reports::statistics
