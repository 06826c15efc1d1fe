#include "reports/statistics/proportion.hpp"

#include <algorithm>
#include <limits>

#include "reports/statistics/distributions.hpp"

namespace lastunit::reports::statistics {

Interval proportion_interval(std::int64_t hits, std::int64_t trials, Confidence confidence) {
    LASTUNIT_ASSERT(0 <= hits && hits <= trials, "hits are some of the trials");
    if (trials == 0) return {std::numeric_limits<double>::quiet_NaN(), 0, 1};
    const double tail = confidence.alpha() / 2;
    return {static_cast<double>(hits) / static_cast<double>(trials), binomial_lower_p(hits, trials, tail),
            binomial_upper_p(hits, trials, tail)};
}

Interval mid_p_interval(std::int64_t hits, std::int64_t trials, Confidence confidence) {
    Interval out = proportion_interval(hits, trials, confidence);
    if (trials == 0) return out;
    // Of so many hits or more; rises with p.
    const auto tail = [&](double p) { return 1 - (binomial_cdf(hits, trials, p) + binomial_cdf(hits - 1, trials, p)) / 2; };
    // The exact interval holds this one.
    const auto root = [&](double from, double to, double value) {
        for (int i = 0; i < 60 && to - from > 1e-12 * to; ++i) {
            const double middle = (from + to) / 2;
            (tail(middle) < value ? from : to) = middle;
        }
        return (from + to) / 2;
    };
    const double low = out.low, high = out.high;
    if (hits > 0) out.low = root(low, out.value, confidence.alpha() / 2);
    if (hits < trials) out.high = root(out.value, high, 1 - confidence.alpha() / 2);
    return out;
}

Interval at_least(Sample x, double least, Confidence confidence) {
    const auto hits = std::count_if(x.begin(), x.end(), [least](double one) { return one >= least; });
    return proportion_interval(hits, static_cast<std::int64_t>(x.size()), confidence);
}

}  // namespace lastunit::reports::statistics
