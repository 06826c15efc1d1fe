// Does the new program take longer than the old one? CPU time of an order, as a ratio of neighbours in time.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "reports/gate/result.hpp"

namespace lastunit::reports::gate {

// A machine that others use is slow for a while, then fast again. So only neighbours are compared: old, new, new, old make one
// sample, the logarithm of (new + new) / (old + old), in which a slow drift cancels. Of a batch of them, Student's t.
// Chosen so that ten percent are found and nothing is found where there is nothing:
struct TimePlan {
    double tolerance = 0.02;           // slower by no more than this is no failure
    double resolution = 0.10;          // slower by this must not pass
    double half_width = 0.03;          // of the interval: more samples until it is as narrow
    double confidence = 0.99;          // of each of the two batches
    std::size_t least = 8, most = 40;  // samples of a batch
};

// `sample` measures one more. FAIL when the interval lies above the tolerance, and that of a second batch of new samples does so
// too; PASS when it lies below the resolution; INVALID when the machine is too noisy for either.
Case judge_cpu_time(const TimePlan& plan, const std::function<double()>& sample);

}  // namespace lastunit::reports::gate
