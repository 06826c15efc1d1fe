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

Interval at_least(Sample x, double least, Confidence confidence) {
    const auto hits = std::count_if(x.begin(), x.end(), [least](double one) { return one >= least; });
    return proportion_interval(hits, static_cast<std::int64_t>(x.size()), confidence);
}

}  // namespace lastunit::reports::statistics
