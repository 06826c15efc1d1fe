// Where a run's warm-up ends: MSER-5 (White, Cobb & Spratt 2000).
#pragma once

#include <cstddef>

#include "reports/statistics/sample.hpp"

namespace lastunit::reports::statistics {

struct WarmUp {
    std::size_t batches = 0;       // of five observations, left out
    std::size_t observations = 0;  // 5 * batches
    double mean_after = 0;         // of the batches that are left
    double statistic = 0;          // the least value of sum (z - mean)^2 / (batches left)^2
    // False: the least value lies at the end of the first half, the furthest that was tried. The run is too short to tell.
    bool settled = false;
};

// Observations in the order of time. Means of five in a row, an incomplete last batch left out; up to half of the batches may be
// warm-up; of equal cuts the shortest. Fewer than four batches: nothing is cut, and it has not settled.
WarmUp mser5(Sample x);

}  // namespace lastunit::reports::statistics
