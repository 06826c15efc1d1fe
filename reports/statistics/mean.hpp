// The mean of independent replications.
#pragma once

#include "reports/statistics/interval.hpp"
#include "reports/statistics/sample.hpp"

namespace lastunit::reports::statistics {

// Student's t (Law 2015, 4.5). Exact for normal figures, close for means of long runs; of few and skewed figures it covers less
// than it says. Infinite for fewer than two observations.
Interval mean_interval(Sample x, Confidence confidence = Confidence());

// value +- t(freedom) * error. An error of 0 is an interval of no width; no freedom is an infinite one.
Interval t_interval(double value, double error, double freedom, Confidence confidence);

}  // namespace lastunit::reports::statistics
