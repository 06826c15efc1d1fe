// Quantiles with intervals that hold for any distribution.
#pragma once

#include <cstdint>

#include "reports/statistics/interval.hpp"
#include "reports/statistics/sample.hpp"

namespace lastunit::reports::statistics {

// [X(low), X(high)] of the sorted sample, counted from 1, covers the p-quantile with at least the confidence asked: each end
// misses with at most half of alpha, since the number of observations below the quantile is binomial (David & Nagaraja
// 2003, 7.1). low = 0 or high = n + 1: so small a sample has no such order statistic, and the interval is open on that side.
struct QuantileRanks {
    std::int64_t low = 0, high = 0;
    double coverage = 0;  // exact for continuous distributions; discrete ones are covered more often
};
QuantileRanks quantile_ranks(std::int64_t n, double p, Confidence confidence = Confidence());

enum class Ends {
    guaranteed,    // order statistics: covers with the confidence asked or more, e.g. 96.5 % for the median of 100
    interpolated,  // between one and the next one inwards, so that it covers with nearly the confidence asked (Nyblom 1992; for
                   // the median Hettmansperger & Sheather 1986); for continuous distributions
};

// 0 < p < 1. The estimate is the smallest observation with a share of p at or below it; NaN of none.
Interval quantile_interval(Sample x, double p, Confidence confidence = Confidence(), Ends ends = Ends::guaranteed);

}  // namespace lastunit::reports::statistics
