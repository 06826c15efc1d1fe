// The mean of one long run whose observations depend on their neighbours.
#pragma once

#include <cstddef>
#include <vector>

#include "reports/statistics/interval.hpp"
#include "reports/statistics/sample.hpp"

namespace lastunit::reports::statistics {

// Means of `size` observations in a row; an incomplete last batch is left out.
std::vector<double> batches_of(Sample x, std::size_t size);

struct BatchMeans {
    Interval interval;  // Student's t over the batches
    std::size_t batches = 0, size = 0;
    double neighbours = 0;  // correlation of a batch with the next
    // Neighbouring batches are as good as independent: the correlation lies below what chance alone exceeds once in twenty,
    // 1.645 / sqrt(batches). Where it is not, the interval is too narrow: the run has to be longer.
    bool independent = false;
};

// Law (2015, 9.5.3): `count` batches, 10 to 30 as a rule, of a run without its warm-up. The first observations that do not fill a
// batch are left out: they are the ones closest to the warm-up.
BatchMeans batch_means(Sample x, std::size_t count = 20, Confidence confidence = Confidence());

// Correlation of x[i] with x[i + 1].
double lag_one_correlation(Sample x);

}  // namespace lastunit::reports::statistics
