#include "reports/statistics/ratio.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "reports/statistics/distributions.hpp"
#include "reports/statistics/mean.hpp"

namespace lastunit::reports::statistics {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

bool nothing_to_divide_by(Sample y, Sample x) {
    LASTUNIT_ASSERT(x.size() == y.size(), "pairs: as many of one as of the other");
    return !(mean(x) > 0);
}

Interval undefined() { return {std::numeric_limits<double>::quiet_NaN(), -kInfinity, kInfinity}; }

}  // namespace

Interval ratio_interval(Sample y, Sample x, Confidence confidence) {
    if (nothing_to_divide_by(y, x)) return undefined();
    const double r = mean(y) / mean(x);
    const double residual = variance(y) - 2 * r * covariance(x, y) + r * r * variance(x);
    return t_interval(r, std::sqrt(std::max(0.0, residual) / size_of(x)) / mean(x), size_of(x) - 1, confidence);
}

Interval jackknife_ratio(Sample y, Sample x, Confidence confidence) {
    if (nothing_to_divide_by(y, x)) return undefined();
    const double n = size_of(x), y_sum = mean(y) * n, x_sum = mean(x) * n;
    if (x.size() < 2) return {y_sum / x_sum, -kInfinity, kInfinity};
    std::vector<double> pseudo;
    for (std::size_t i = 0; i < x.size(); ++i) {
        if (!(x_sum - x[i] > 0)) return {y_sum / x_sum, -kInfinity, kInfinity};  // one pair has all of x
        pseudo.push_back(n * y_sum / x_sum - (n - 1) * (y_sum - y[i]) / (x_sum - x[i]));
    }
    return mean_interval(pseudo, confidence);
}

Interval fieller_ratio(Sample y, Sample x, Confidence confidence) {
    if (nothing_to_divide_by(y, x)) return undefined();
    const double n = size_of(x), r = mean(y) / mean(x);
    if (x.size() < 2) return {r, -kInfinity, kInfinity};
    const double t = t_quantile(confidence.upper(), n - 1);
    // (y - r x)^2 <= t^2 (s_yy - 2 r s_xy + r^2 s_xx) / n as a quadratic in r: a r^2 - 2 b r + c <= 0.
    const double share = t * t / n;
    const double a = mean(x) * mean(x) - share * variance(x);
    const double b = mean(x) * mean(y) - share * covariance(x, y);
    const double c = mean(y) * mean(y) - share * variance(y);
    if (!(a > 0)) return {r, -kInfinity, kInfinity};
    const double root = std::sqrt(std::max(0.0, b * b - a * c));
    return {r, (b - root) / a, (b + root) / a};
}

}  // namespace lastunit::reports::statistics
