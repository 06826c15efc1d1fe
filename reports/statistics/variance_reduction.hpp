// Less variance for the same number of replications.
#pragma once

#include <vector>

#include "reports/statistics/sample.hpp"

namespace lastunit::reports::statistics {

// Means of pairs of which the second run drew 1 - u where the first drew u: each pair is one independent observation for an
// interval. Pays where the figure rises or falls with the draws throughout (Law 2015, 11.3).
std::vector<double> antithetic_means(Sample runs, Sample mirrored);

// Figures with what a control explains taken out: y - b (x - mean_of_x), b the least-squares slope, where the control's true mean
// is known (arrivals of a run; Law 2015, 11.4). The slope comes from the same data: a bias of order 1 / n, and one degree of
// freedom less, nothing to speak of from 30 figures on.
struct Controlled {
    double slope = 0;
    std::vector<double> figures;  // for a mean and its interval
};
Controlled controlled(Sample figures, Sample control, double control_mean);

}  // namespace lastunit::reports::statistics
