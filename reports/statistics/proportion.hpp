// How often something happens: P(oversold >= k) from replications in which it did or did not.
#pragma once

#include <cstdint>

#include "reports/statistics/interval.hpp"
#include "reports/statistics/sample.hpp"

namespace lastunit::reports::statistics {

// Clopper & Pearson (1934): covers with at least its confidence for any probability, also for none of many (low = 0) and all.
// [0, 1] of no trials.
Interval proportion_interval(std::int64_t hits, std::int64_t trials, Confidence confidence = Confidence());

// The same with the probability of what was seen counted half ("mid-p", Lancaster 1961): covers as often as asked on average over
// probabilities, where the exact interval covers more often, the more so the fewer the hits.
Interval mid_p_interval(std::int64_t hits, std::int64_t trials, Confidence confidence = Confidence());

// P(X >= least).
Interval at_least(Sample x, double least, Confidence confidence = Confidence());

}  // namespace lastunit::reports::statistics
