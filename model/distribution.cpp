#include "model/distribution.hpp"

#include <algorithm>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <cstdio>
#include <numbers>

#include "core/assert.hpp"

namespace lastunit::model {

namespace {

using Kind = Distribution::Kind;
using Solved = Distribution::Solved;

// Plain double throughout: no promotion to long double, which costs five times as much and differs between machines.
using Policy =
    boost::math::policies::policy<boost::math::policies::promote_double<false>, boost::math::policies::promote_float<false>>;

// Below this spread the distribution is its mean: the quantile functions lose all their digits there.
constexpr double kNoSpread = 1e-6;

double standard_normal(double u) { return -std::numbers::sqrt2 * boost::math::erfc_inv(2 * u, Policy()); }

// x = 1/shape from cv^2 + 1 = Gamma(1 + 2x) / Gamma(1 + x)^2, by Newton on the logarithm of both sides.
double weibull_inverse_shape(double cv) {
    const double target = std::log1p(cv * cv);
    double x = cv < 1 ? cv : std::log1p(cv) / std::numbers::ln2;
    for (int round = 0; round < 100; ++round) {
        const double value = boost::math::lgamma(1 + 2 * x, Policy()) - 2 * boost::math::lgamma(1 + x, Policy());
        const double slope = 2 * (boost::math::digamma(1 + 2 * x, Policy()) - boost::math::digamma(1 + x, Policy()));
        const double next = std::max(x - (value - target) / slope, x / 4);
        if (std::abs(next - x) <= 1e-14 * x) return next;
        x = next;
    }
    return x;
}

Solved solve(Kind kind, double mean, double cv) {
    Solved solved{kind, mean, cv, 0, 0};
    switch (kind) {
        case Kind::constant:
        case Kind::uniform:
        case Kind::exponential:
            break;
        case Kind::lognormal: {
            const double variance = std::log1p(cv * cv);
            solved.a = std::log(mean) - variance / 2;
            solved.b = std::sqrt(variance);
            break;
        }
        case Kind::gamma:
            solved.a = 1 / (cv * cv);
            solved.b = mean * cv * cv;
            break;
        case Kind::weibull: {
            const double x = weibull_inverse_shape(cv);
            solved.a = 1 / x;
            solved.b = mean / boost::math::tgamma(1 + x, Policy());
            break;
        }
        case Kind::hyperexponential: {
            const double skew = std::sqrt((cv * cv - 1) / (cv * cv + 1));
            solved.a = (1 + skew) / mean;
            solved.b = (1 - skew) / mean;
            break;
        }
    }
    return solved;
}

// Survival p e^-at + (1-p) e^-bt with balanced means: p = a / (a + b). Its logarithm is convex and falling, so Newton's method
// from the left climbs to the root without overshooting.
double hyperexponential_quantile(double a, double b, double u) {
    const double p = a / (a + b);
    const double target = std::log1p(-u);
    const double mean_rate = p * a + (1 - p) * b;
    double t = std::max({-target / mean_rate, (std::log(p) - target) / a, (std::log1p(-p) - target) / b});
    for (int round = 0; round < 60; ++round) {
        const double fast = p * std::exp(-a * t);
        const double slow = (1 - p) * std::exp(-b * t);
        const double step = (std::log(fast + slow) - target) * (fast + slow) / (a * fast + b * slow);
        t += step;
        if (std::abs(step) <= 1e-13 * t) break;
    }
    return t;
}

double spread_sample(const Solved& s, double u) {
    switch (s.kind) {
        case Kind::lognormal:
            return std::exp(s.a + s.b * standard_normal(u));
        case Kind::gamma:
            return s.b * boost::math::gamma_p_inv(s.a, u, Policy());
        case Kind::weibull:
            return s.b * std::pow(-std::log1p(-u), 1 / s.a);
        case Kind::hyperexponential:
            return hyperexponential_quantile(s.a, s.b, u);
        case Kind::constant:
        case Kind::uniform:
        case Kind::exponential:
            break;
    }
    return s.mean;
}

Distribution make(Kind kind, double mean, double cv) {
    Distribution made;
    made.kind = kind;
    made.mean = mean;
    made.cv = cv;
    made.prepare();
    return made;
}

std::string seconds_text(double us) {
    char text[40];
    std::snprintf(text, sizeof text, "%.9gs", us / 1e6);
    return text;
}

std::string number_text(double value) {
    char text[40];
    std::snprintf(text, sizeof text, "%.9g", value);
    return text;
}

}  // namespace

double Distribution::sample(double u) const {
    switch (kind) {
        case Kind::constant:
            return mean;
        case Kind::uniform:
            return low + (high - low) * u;
        case Kind::exponential:
            return -mean * std::log1p(-u);
        case Kind::lognormal:
        case Kind::gamma:
        case Kind::weibull:
            if (cv < kNoSpread || mean == 0) return mean;
            break;
        case Kind::hyperexponential:
            if (cv <= 1 || mean == 0) return -mean * std::log1p(-u);
            break;
    }
    if (solved.mean == mean && solved.cv == cv && solved.kind == kind) [[likely]]
        return spread_sample(solved, u);
    return spread_sample(solve(kind, mean, cv), u);
}

Duration Distribution::sample_time(double u) const {
    constexpr double kLongest = 4e18;  // half of what an int64 holds: a sum of two points in time does not overflow
    const double us = sample(u);
    return {us > 0 ? std::llround(std::min(us, kLongest)) : 0};
}

double Distribution::expected() const { return kind == Kind::uniform ? (low + high) / 2 : mean; }

std::string Distribution::text() const {
    switch (kind) {
        case Kind::constant:
            return seconds_text(mean);
        case Kind::uniform:
            return "uniform(" + seconds_text(low) + ", " + seconds_text(high) + ")";
        case Kind::exponential:
            return "exponential(" + seconds_text(mean) + ")";
        case Kind::lognormal:
        case Kind::gamma:
        case Kind::weibull:
        case Kind::hyperexponential:
            break;
    }
    return std::string(name_of(kind)) + "(" + seconds_text(mean) + ", cv " + number_text(cv) + ")";
}

void Distribution::prepare() {
    const bool has_spread = kind == Kind::hyperexponential ? cv > 1 : cv >= kNoSpread;
    solved = has_spread && mean > 0 ? solve(kind, mean, cv) : Solved{};
}

Distribution constant(double value) { return make(Kind::constant, value, 1); }

Distribution between(double low, double high) {
    LASTUNIT_ASSERT(low <= high, "low=" + std::to_string(low) + " high=" + std::to_string(high));
    Distribution made;
    made.kind = Kind::uniform;
    made.low = low;
    made.high = high;
    return made;
}

Distribution exponential(double mean) { return make(Kind::exponential, mean, 1); }
Distribution lognormal(double mean, double cv) { return make(Kind::lognormal, mean, cv); }
Distribution gamma(double mean, double cv) { return make(Kind::gamma, mean, cv); }
Distribution weibull(double mean, double cv) { return make(Kind::weibull, mean, cv); }
Distribution hyperexponential(double mean, double cv) { return make(Kind::hyperexponential, mean, cv); }

}  // namespace lastunit::model
