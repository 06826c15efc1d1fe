// Moments of a sample, in two passes: figures of long runs differ in their last digits only.
#pragma once

#include <span>
#include <vector>

namespace lastunit::reports::statistics {

// One figure per independent observation, mostly one per replication.
using Sample = std::span<const double>;

double size_of(Sample x);
double mean(Sample x);                  // NaN of none
double variance(Sample x);              // unbiased; 0 of fewer than two
double covariance(Sample x, Sample y);  // unbiased, of pairs
std::vector<double> sorted(Sample x);
std::vector<double> differences(Sample x, Sample y);  // x - y, of pairs: equally many

}  // namespace lastunit::reports::statistics
