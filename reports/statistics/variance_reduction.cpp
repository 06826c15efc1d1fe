#include "reports/statistics/variance_reduction.hpp"

#include "core/assert.hpp"

namespace lastunit::reports::statistics {

std::vector<double> antithetic_means(Sample runs, Sample mirrored) {
    LASTUNIT_ASSERT(runs.size() == mirrored.size(), "a mirrored run for each run");
    std::vector<double> out(runs.size());
    for (std::size_t i = 0; i < runs.size(); ++i) out[i] = (runs[i] + mirrored[i]) / 2;
    return out;
}

Controlled controlled(Sample figures, Sample control, double control_mean) {
    const double spread = variance(control);
    Controlled out;
    out.slope = spread > 0 ? covariance(figures, control) / spread : 0;
    for (std::size_t i = 0; i < figures.size(); ++i) out.figures.push_back(figures[i] - out.slope * (control[i] - control_mean));
    return out;
}

}  // namespace lastunit::reports::statistics
