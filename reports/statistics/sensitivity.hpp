// Which parameter the output's variance comes from: Sobol indices.
#pragma once

#include <cstddef>
#include <vector>

#include "model/random.hpp"
#include "reports/statistics/interval.hpp"
#include "reports/statistics/sample.hpp"

namespace lastunit::reports::statistics {

// Two sets of points A and B of the unit cube, and for each factor A with that factor from B (Saltelli et al. 2010): `base` *
// (factors + 2) runs of the model per repetition. Repetitions differ by a random shift of the same evenly spread points.
struct SobolPlan {
    std::size_t factors = 0, base = 0, repetitions = 0;
    // Repetition after repetition; within one: all of A, all of B, then A with factor 0 from B ...
    std::vector<std::vector<double>> points;
};
// factors >= 1, base a power of two (from 256 on), repetitions >= 2 (8 as a rule): the interval is a t over them.
SobolPlan sobol_plan(std::size_t factors, std::size_t base, std::size_t repetitions, model::Stream& random);

struct SobolIndex {
    Interval first;  // share of the variance that the factor explains alone
    Interval total;  // ... alone and together with others: near 0 = it does not matter
};
struct SobolIndices {
    Interval variance;  // of the output
    std::vector<SobolIndex> factors;
};
// `outputs`: what the model gave at each point of the plan. First-order by Saltelli (2010, table 2b), total by Jansen (1999).
// Indices may come out slightly below 0, which is left as it is. An output that does not vary has no indices: NaN.
SobolIndices sobol_indices(const SobolPlan& plan, Sample outputs, Confidence confidence = Confidence());

// The same, one figure per repetition: variance, then first and total of each factor.
std::vector<std::vector<double>> sobol_repetitions(const SobolPlan& plan, Sample outputs);

}  // namespace lastunit::reports::statistics
