// The difference of two designs' means.
#pragma once

#include "reports/statistics/interval.hpp"
#include "reports/statistics/sample.hpp"

namespace lastunit::reports::statistics {

struct Difference {
    Interval interval;   // of E[a] - E[b]
    double freedom = 0;  // degrees of freedom of the t behind it
    double p = 1;        // two-sided, of "no difference"; 1 where the samples say nothing
};

// Replication i of both saw the same shoppers (common random numbers): the pairs' differences are one sample, and what the
// shoppers do to both alike drops out (Law 2015, 10.2.1).
Difference paired_difference(Sample a, Sample b, Confidence confidence = Confidence());

// Independent samples of any size and variance (Welch 1938).
Difference welch_difference(Sample a, Sample b, Confidence confidence = Confidence());

}  // namespace lastunit::reports::statistics
