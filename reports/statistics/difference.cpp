#include "reports/statistics/difference.hpp"

#include <cmath>
#include <limits>

#include "reports/statistics/distributions.hpp"
#include "reports/statistics/mean.hpp"

namespace lastunit::reports::statistics {

namespace {

Difference difference(double value, double error, double freedom, Confidence confidence) {
    Difference out{t_interval(value, error, freedom, confidence), freedom, 1};
    if (!(freedom > 0)) return out;
    if (error > 0)
        out.p = 2 * t_cdf(-std::abs(value) / error, freedom);
    else if (value != 0)
        out.p = 0;  // every pair differs by the same
    return out;
}

}  // namespace

Difference paired_difference(Sample a, Sample b, Confidence confidence) {
    const std::vector<double> d = differences(a, b);
    return difference(mean(d), std::sqrt(variance(d) / size_of(d)), size_of(d) - 1, confidence);
}

Difference welch_difference(Sample a, Sample b, Confidence confidence) {
    const double value = mean(a) - mean(b);
    if (a.size() < 2 || b.size() < 2) return difference(value, 0, 0, confidence);
    const double of_a = variance(a) / size_of(a), of_b = variance(b) / size_of(b);
    const double sum = of_a + of_b;
    // Satterthwaite's degrees of freedom; without any variance any number of them gives the same.
    const double freedom =
        sum > 0 ? sum * sum / (of_a * of_a / (size_of(a) - 1) + of_b * of_b / (size_of(b) - 1)) : size_of(a) + size_of(b) - 2;
    return difference(value, std::sqrt(sum), freedom, confidence);
}

}  // namespace lastunit::reports::statistics
