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

// Of two means.
struct Errors {
    double yy, xx, xy;
};

// (y - r x)^2 <= t^2 (e_yy - 2 r e_xy + r^2 e_xx) as a quadratic in r: a r^2 - 2 b r + c <= 0.
Interval fieller(double y, double x, const Errors& errors, double freedom, Confidence confidence) {
    const double t = t_quantile(confidence.upper(), freedom);
    const double a = x * x - t * t * errors.xx;
    const double b = x * y - t * t * errors.xy;
    const double c = y * y - t * t * errors.yy;
    if (!(a > 0)) return {y / x, -kInfinity, kInfinity};
    const double root = std::sqrt(std::max(0.0, b * b - a * c));
    return {y / x, (b - root) / a, (b + root) / a};
}

// Fieller's of y / x passed 0; the figures cannot.
Interval above_zero(const Interval& plain, double y, double x, const Errors& errors, double freedom, Confidence confidence) {
    const Interval ended{plain.value, 0, std::max(0.0, plain.high)};
    if (!(y > 0)) return ended;
    const double squared = errors.yy / (y * y) + errors.xx / (x * x) - 2 * errors.xy / (x * y);
    const double factor = std::exp(t_quantile(confidence.upper(), freedom) * std::sqrt(std::max(0.0, squared)));
    if (plain.high < 1 && plain.value * factor >= 1) return ended;
    return {plain.value, plain.value / factor, plain.value * factor};
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
    if (x.size() < 2) return {mean(y) / mean(x), -kInfinity, kInfinity};
    const double n = size_of(x);
    return fieller(mean(y), mean(x), {variance(y) / n, variance(x) / n, covariance(x, y) / n}, n - 1, confidence);
}

Interval fieller_ratio_of_independent(Sample y, Sample x, Confidence confidence) {
    if (!(mean(x) > 0)) return undefined();
    const double fewer = std::min(size_of(x), size_of(y));
    if (fewer < 2) return {mean(y) / mean(x), -kInfinity, kInfinity};
    return fieller(mean(y), mean(x), {variance(y) / size_of(y), variance(x) / size_of(x), 0}, fewer - 1, confidence);
}

Interval ratio_of_counts(Sample y, Sample x, Confidence confidence) {
    const double n = size_of(x);
    const Interval plain = fieller_ratio(y, x, confidence);
    if (!(plain.low < 0) || !std::isfinite(plain.low)) return plain;
    return above_zero(plain, mean(y), mean(x), {variance(y) / n, variance(x) / n, covariance(x, y) / n}, n - 1, confidence);
}

Interval ratio_of_independent_counts(Sample y, Sample x, Confidence confidence) {
    const Interval plain = fieller_ratio_of_independent(y, x, confidence);
    if (!(plain.low < 0) || !std::isfinite(plain.low)) return plain;
    return above_zero(plain, mean(y), mean(x), {variance(y) / size_of(y), variance(x) / size_of(x), 0},
                      std::min(size_of(x), size_of(y)) - 1, confidence);
}

}  // namespace lastunit::reports::statistics
