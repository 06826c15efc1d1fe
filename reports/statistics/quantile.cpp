#include "reports/statistics/quantile.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "reports/statistics/distributions.hpp"

namespace lastunit::reports::statistics {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// The smallest k in [0, n] with P(X <= k) >= share.
std::int64_t binomial_quantile(std::int64_t n, double p, double share) {
    std::int64_t low = 0, high = n;
    while (low < high) {
        const std::int64_t middle = low + (high - low) / 2;
        if (binomial_cdf(middle, n, p) >= share)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

// How far from X(rank) towards X(rank + 1), `outside` = P(X <= rank - 1) <= tail < P(X <= rank) = `inside`: Nyblom's lambda.
double inwards(std::int64_t rank, std::int64_t n, double p, double outside, double inside, double tail) {
    if (rank >= n) return 0;
    const double near = static_cast<double>(rank) * (1 - p) * (inside - tail);
    const double far = static_cast<double>(n - rank) * p * (tail - outside);
    return near + far > 0 ? far / (near + far) : 0;
}

// The lower end of sorted observations, or of mirrored ones the upper.
double interpolated(Sample ordered, std::int64_t rank, double p, double tail) {
    const auto n = static_cast<std::int64_t>(ordered.size());
    if (rank < 1) return -kInfinity;
    const double share = inwards(rank, n, p, binomial_cdf(rank - 1, n, p), binomial_cdf(rank, n, p), tail);
    const double here = ordered[static_cast<std::size_t>(rank - 1)];
    const double next = rank < n ? ordered[static_cast<std::size_t>(rank)] : here;
    return here + share * (next - here);
}

std::vector<double> mirrored(Sample ordered) {
    std::vector<double> out;
    for (std::size_t i = ordered.size(); i-- > 0;) out.push_back(-ordered[i]);
    return out;
}

}  // namespace

QuantileRanks quantile_ranks(std::int64_t n, double p, Confidence confidence) {
    LASTUNIT_ASSERT(p > 0 && p < 1, "a quantile lies between 0 and 1");
    const double tail = confidence.alpha() / 2;
    QuantileRanks out;
    // The largest low with P(X <= low - 1) <= tail: the first count whose probability exceeds the tail.
    out.low = binomial_quantile(n, p, std::nextafter(tail, 1.0));
    out.high = std::min(n, binomial_quantile(n, p, 1 - tail)) + 1;
    const double below = out.low > 0 ? binomial_cdf(out.low - 1, n, p) : 0;
    out.coverage = binomial_cdf(out.high - 1, n, p) - below;
    return out;
}

Interval quantile_interval(Sample x, double p, Confidence confidence, Ends ends) {
    constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();
    if (x.empty()) return {kNothing, -kInfinity, kInfinity};
    const std::vector<double> ordered = sorted(x);
    const auto n = static_cast<std::int64_t>(x.size());
    const QuantileRanks ranks = quantile_ranks(n, p, confidence);
    const auto at = [&](std::int64_t rank) { return ordered[static_cast<std::size_t>(rank - 1)]; };
    // n p is 95.00000000000001 where 95 is meant.
    const auto rank = static_cast<std::int64_t>(std::ceil(p * static_cast<double>(n) - 1e-9));
    Interval out{at(std::clamp<std::int64_t>(rank, 1, n)), ranks.low >= 1 ? at(ranks.low) : -kInfinity,
                 ranks.high <= n ? at(ranks.high) : kInfinity};
    if (ends == Ends::guaranteed) return out;
    const double tail = confidence.alpha() / 2;
    out.low = interpolated(ordered, ranks.low, p, tail);
    out.high = -interpolated(mirrored(ordered), n + 1 - ranks.high, 1 - p, tail);
    return out;
}

}  // namespace lastunit::reports::statistics
