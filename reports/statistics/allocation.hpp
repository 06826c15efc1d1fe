// Where the next replications help most to find the best design: optimal computing budget allocation (Chen et al. 2000).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "reports/statistics/elimination.hpp"
#include "reports/statistics/sample.hpp"

namespace lastunit::reports::statistics {

// Shares of the budget, summing to 1: (s / distance from the best)^2 for each other design, s_best sqrt(sum of (share / s)^2) for
// the best. Designs as good as the best take everything together with it: nothing else is in doubt. Equal shares when nothing
// varies.
std::vector<double> ocba_shares(Sample means, Sample deviations, Best best);

// Whole numbers in proportion to the shares, summing to the total: by largest remainders, the first of equal ones.
std::vector<std::int64_t> apportioned(Sample shares, std::int64_t total);

// The replications to make next when `made` have been: what is missing to the optimal shares of made + budget, those that have
// more already left out.
std::vector<std::int64_t> ocba_next(Sample means, Sample deviations, std::span<const std::int64_t> made, std::int64_t budget,
                                    Best best);

}  // namespace lastunit::reports::statistics
