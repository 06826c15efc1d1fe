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
    double paths = 1, sum = 0, squares = 0;
    for (const std::int64_t into : split) paths *= static_cast<double>(into);
    std::vector<double> per_root;
    for (const std::int64_t hit : hits) {
        const auto x = static_cast<double>(hit);
        per_root.push_back(x / paths);
        sum += x, squares += x * x;
    }
    const auto roots = static_cast<std::int64_t>(hits.size());
    if (sum == 0) return proportion_interval(0, roots, confidence);
    if (paths == 1) return proportion_interval(static_cast<std::int64_t>(sum), roots, confidence);
    if (roots < 2) return {mean(per_root), 0, 1};
    const double value = mean(per_root), clusters = std::max(1.0, sum * sum / squares);
    const double error = std::sqrt(variance(per_root) / static_cast<double>(roots)) / value;
    const double factor = std::exp(t_quantile(confidence.upper(), clusters) * error);
    return {value, value / factor, std::min(1.0, value * factor)};
}

Interval never_seen(std::span<const std::vector<std::int64_t>> reached, std::span<const std::int64_t> split,
                    Confidence confidence) {
    double bound = proportion_interval(0, static_cast<std::int64_t>(reached.size()), confidence).high;
    std::vector<std::int64_t> there(reached.size());
    for (std::size_t level = split.size(); level-- > 0;) {
        for (std::size_t root = 0; root < reached.size(); ++root) there[root] = reached[root][level];
        const auto roots = std::count_if(there.begin(), there.end(), [](std::int64_t paths) { return paths > 0; });
        if (roots == 0) continue;
        const Confidence half = confidence.shared_by(2);
        bound =
            std::min(bound, restart_interval(there, split.first(level), half).high * proportion_interval(0, roots, half).high);
        break;
    }
    return {0, 0, bound};
}

}  // namespace lastunit::reports::statistics
