// E[y] / E[x] from pairs, one per replication: most KPIs are ratios (oversold units / units), and the mean of the replications'
// own ratios is something else.
#pragma once

#include "reports/statistics/interval.hpp"
#include "reports/statistics/sample.hpp"

namespace lastunit::reports::statistics {

// All want x >= 0 and mean(x) > 0; NaN and infinite otherwise, infinite for fewer than two pairs.

// mean(y) / mean(x), biased by order 1 / n, with the spread of the residuals y - r x (Cochran 1977, 2.11). Symmetric.
Interval ratio_interval(Sample y, Sample x, Confidence confidence = Confidence());

// Without the bias of order 1 / n, and with the spread of the pseudo-values: leaves each pair out once (Law 2015, 9.5.4).
Interval jackknife_ratio(Sample y, Sample x, Confidence confidence = Confidence());

// All r that a t-test of E[y - r x] = 0 does not reject (Fieller 1954): exact for normal pairs, asymmetric, and infinite where x
// may have mean 0.
Interval fieller_ratio(Sample y, Sample x, Confidence confidence = Confidence());

// The same of two samples that have nothing to do with each other, of any sizes; with the degrees of freedom of the smaller one,
// which is on the safe side. Infinite where either has fewer than two.
Interval fieller_ratio_of_independent(Sample y, Sample x, Confidence confidence = Confidence());

// The same two of figures that cannot be negative. Fieller's where it stays above 0. Where it passes 0 the figure is rare and
// skewed, and the interval that of the ratio's logarithm (delta method), which covers more often (86 % -> 93 % of a mean of 2
// beside 100 in ten replications; clipping would leave the 86: tests/reports/statistics/coverage_test.cpp). One exception: where
// Fieller's leaves 1 out and the logarithm's does not, it is Fieller's, ended at 0, since a difference that is shown (the same
// t-test) would look as if it were not.
Interval ratio_of_counts(Sample y, Sample x, Confidence confidence = Confidence());
Interval ratio_of_independent_counts(Sample y, Sample x, Confidence confidence = Confidence());

}  // namespace lastunit::reports::statistics
