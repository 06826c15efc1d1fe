#include "reports/statistics/mean.hpp"

#include <cmath>
#include <limits>

#include "reports/statistics/distributions.hpp"

namespace lastunit::reports::statistics {

Interval t_interval(double value, double error, double freedom, Confidence confidence) {
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    if (!(freedom > 0)) return {value, -kInfinity, kInfinity};
    if (error == 0) return {value, value, value};
    const double half = t_quantile(confidence.upper(), freedom) * error;
    return {value, value - half, value + half};
}

Interval mean_interval(Sample x, Confidence confidence) {
    return t_interval(mean(x), std::sqrt(variance(x) / size_of(x)), size_of(x) - 1, confidence);
}

}  // namespace lastunit::reports::statistics
