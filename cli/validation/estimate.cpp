#include "cli/validation/estimate.hpp"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <limits>

#include "reports/statistics/proportion.hpp"

namespace lastunit::cli::validation {
namespace {

constexpr double kTail = 0.025;  // beyond each end of the interval
constexpr double kZ95 = 1.959963984540054;
constexpr double kFewCounts = 400;            // below, exact tails instead of the normal distribution
constexpr double kScale = kProbabilityScale;  // and of small counts
constexpr double kInfinity = std::numeric_limits<double>::infinity();
// Expected values are printed with ten digits: agreement to nine is agreement.
constexpr double kDigits = 1e-9;

// The z whose tail is as improbable as the observation's: `below` = P(X <= x), `above` = P(X >= x).
double z_of_tails(double below, double above) {
    if (below >= 0.5 && above >= 0.5) return 0;
    return below < above ? normal_quantile(below) : -normal_quantile(above);
}

double distance(double value, double expected, double error) {
    const double gap = value - expected;
    if (std::abs(gap) <= kDigits * std::max(1.0, std::abs(expected))) return 0;
    return error > 0 ? gap / error : std::copysign(kInfinity, gap);
}

Estimate normal_estimate(double value, double error, double expected) {
    return {value, value - kZ95 * error, value + kZ95 * error, distance(value, expected, error), false, kScale};
}

// Of an error that was itself estimated, from n observations.
Estimate student(double value, double error, double n, double expected) {
    const boost::math::students_t t(n - 1);
    const double half = boost::math::quantile(t, 1 - kTail) * error;
    Estimate out{value, value - half, value + half, distance(value, expected, error), false, 0};
    if (std::isfinite(out.z) && out.z != 0)
        out.z = std::copysign(std::abs(normal_quantile(boost::math::cdf(t, -std::abs(out.z)))), out.z);
    return out;
}

// The mean of a Poisson number of which `seen` or more would have this probability, the probability of `seen` itself counted
// half.
double poisson_mean(double seen, double probability, double from, double to) {
    const auto tail = [seen](double mean) {
        if (mean <= 0) return 0.0;
        return ((seen > 0 ? boost::math::gamma_p(seen, mean) : 1.0) + boost::math::gamma_p(seen + 1, mean)) / 2;
    };
    for (int i = 0; i < 60 && to - from > 1e-12 * to; ++i) {
        const double middle = (from + to) / 2;
        (tail(middle) < probability ? from : to) = middle;
    }
    return (from + to) / 2;
}

Estimate nothing_seen() { return {0, -kInfinity, kInfinity, 0, true, 0}; }

}  // namespace

double normal_quantile(double p) {
    if (p <= 0) return -kInfinity;
    return boost::math::quantile(boost::math::normal(), p);
}

double Moments::variance() const {
    if (n < 2) return 0;
    return std::max(0.0, (squares - sum * sum / n) / (n - 1));
}

void Pairs::add(double numerator, double denominator) {
    n += 1;
    y += numerator;
    x += denominator;
    yy += numerator * numerator;
    xx += denominator * denominator;
    xy += numerator * denominator;
}

Estimate of_proportion(double hits, double trials, double expected) {
    using Binomial = boost::math::binomial;
    if (trials <= 0) return nothing_seen();
    Estimate out;
    out.scale = kScale;
    out.value = hits / trials;
    const auto interval = reports::statistics::mid_p_interval(std::llround(hits), std::llround(trials));
    out.low = interval.low;
    out.high = interval.high;
    out.events = trials * std::min(expected, 1 - expected);
    const double variance = trials * expected * (1 - expected);
    out.rare = variance < kFewCounts;
    if (expected <= 0 || expected >= 1) {
        out.z = distance(out.value, expected, 0);
    } else if (out.rare) {
        const Binomial null(trials, expected);
        const double above = hits > 0 ? boost::math::cdf(boost::math::complement(null, hits - 1)) : 1;
        out.z = z_of_tails(boost::math::cdf(null, hits), above);
    } else {
        out.z = (hits - trials * expected) / std::sqrt(variance);
    }
    return out;
}

Estimate of_count_mean(const Moments& counts, double expected) {
    if (counts.n <= 0) return nothing_seen();
    const double error = std::sqrt(counts.variance() / counts.n);
    if (counts.sum < 0 || expected < 0) return normal_estimate(counts.mean(), error, expected);  // differences of counts
    // Variance to mean; of amounts, no less than one.
    const double unit = counts.sum > 0 ? std::max(1.0, counts.variance() / counts.mean()) : 1;
    const double seen = counts.sum / unit;
    const double awaited = counts.n * expected / unit;
    if (awaited >= kFewCounts || seen >= kFewCounts) {
        if (counts.n < 2) return normal_estimate(counts.mean(), error, expected);
        Estimate out = student(counts.mean(), error, counts.n, expected);  // large counts may be of few runs
        out.scale = kScale;
        return out;
    }
    Estimate out;
    out.rare = true;
    out.scale = kScale;
    out.value = counts.mean();
    const double scale = unit / counts.n;
    out.low = seen > 0 ? poisson_mean(seen, kTail, 0, seen) * scale : 0;
    out.high = poisson_mean(seen, 1 - kTail, seen, boost::math::gamma_q_inv(seen + 1, kTail)) * scale;
    out.events = awaited;
    if (awaited <= 0) {
        out.z = distance(out.value, expected, 0);
    } else {
        out.z = z_of_tails(boost::math::gamma_q(seen + 1, awaited), seen > 0 ? boost::math::gamma_p(seen, awaited) : 1);
    }
    return out;
}

Estimate of_variance(double n, double second_moment, double fourth_moment, double expected) {
    if (n < 2) return nothing_seen();
    const double value = second_moment * n / (n - 1);
    return normal_estimate(value, std::sqrt(std::max(0.0, fourth_moment - second_moment * second_moment) / n), expected);
}

Estimate of_mean(const Moments& observations, double expected) {
    if (observations.n < 2) return nothing_seen();
    return normal_estimate(observations.mean(), std::sqrt(observations.variance() / observations.n), expected);
}

Estimate exactly(double value, double expected) { return {value, value, value, distance(value, expected, 0)}; }

Estimate either(const Estimate& one, const Estimate& other) {
    Estimate out = std::abs(other.z) < std::abs(one.z) ? other : one;
    out.low = std::min(one.low, other.low);
    out.high = std::max(one.high, other.high);
    return out;
}

Estimate divided(const Estimate& estimate, double by) {
    Estimate out = estimate;
    out.value /= by;
    out.low /= by;
    out.high /= by;
    return out;
}

Estimate of_weights(const Moments& weights, double expected) {
    constexpr double kSurelySeen = 1000;  // observations; what is simulated often shows up among so many
    if (weights.sum <= 0) return weights.n < kSurelySeen ? nothing_seen() : Estimate{.z = expected > 0 ? -kInfinity : 0};
    const double error = std::sqrt(weights.variance() / weights.n);
    Estimate out = normal_estimate(weights.mean(), error, expected);
    out.scale = 0;
    out.z = error > 0 ? (out.value - expected) / error : 0;
    if (std::abs(out.value - expected) <= kDigits * std::abs(expected)) out.z = 0;
    return out;
}

// Linearised: the residuals y - r x have mean 0, and the ratio moves as their mean over that of x.
Estimate of_ratio(const Pairs& pairs, double expected) {
    if (pairs.x <= 0 || pairs.n < 2) return nothing_seen();
    const double ratio = pairs.y / pairs.x;
    const double squares = pairs.yy - 2 * ratio * pairs.xy + ratio * ratio * pairs.xx;
    const double error = std::sqrt(std::max(0.0, squares) * pairs.n / (pairs.n - 1)) / pairs.x;
    Estimate out = student(ratio, error, pairs.n, expected);
    out.scale = kScale;
    return out;
}

Estimate of_replications(std::span<const double> figures, double expected) {
    Moments moments;
    for (const double figure : figures) moments.add(figure);
    if (moments.n < 2) return nothing_seen();
    // Two passes: figures of a long run differ in their last digits.
    const double mean = moments.mean();
    double squares = 0;
    for (const double figure : figures) squares += (figure - mean) * (figure - mean);
    return student(mean, std::sqrt(squares / (moments.n - 1) / moments.n), moments.n, expected);
}

}  // namespace lastunit::cli::validation
