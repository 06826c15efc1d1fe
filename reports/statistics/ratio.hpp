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

}  // namespace lastunit::reports::statistics
