#include "reports/statistics/sequential.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "reports/statistics/distributions.hpp"
#include "reports/statistics/mean.hpp"

namespace lastunit::reports::statistics {

namespace {

constexpr std::size_t kMost = 100'000'000;

// The half-width that will do for this mean; 0 for a relative one of a mean of 0.
double allowed(const Precision& precision, double of_mean) {
    if (precision.kind == Width::absolute) return precision.half_width;
    return precision.half_width / (1 + precision.half_width) * std::abs(of_mean);
}

// The smallest n >= least of which it is true; from some n on it is always true.
std::optional<std::size_t> smallest(std::size_t least, const std::function<bool(std::size_t)>& enough) {
    std::size_t low = least, high = least;
    while (!enough(high)) {
        if (high >= kMost) return std::nullopt;
        low = high + 1;
        high *= 2;
    }
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (enough(middle))
            high = middle;
        else
            low = middle + 1;
    }
    return high;
}

}  // namespace

Stop stop(Sample x, const Precision& precision) {
    if (x.size() >= std::max<std::size_t>(2, precision.floor)) {
        const Interval interval = mean_interval(x, precision.confidence);
        if (interval.half_width() <= allowed(precision, interval.value)) return Stop::reached;
    }
    return x.size() >= precision.ceiling ? Stop::given_up : Stop::not_yet;
}

std::optional<std::size_t> replications_for(Sample x, const Precision& precision) {
    if (x.size() < 2) return std::nullopt;
    const double error = std::sqrt(variance(x)), width = allowed(precision, mean(x));
    return smallest(x.size(), [&](std::size_t n) {
        if (error <= 0) return true;
        const double many = static_cast<double>(n);
        return t_quantile(precision.confidence.upper(), many - 1) * error / std::sqrt(many) <= width;
    });
}

std::optional<std::size_t> replications_to_show(double difference, double variance_of_pairs, double power,
                                                Confidence confidence) {
    if (difference == 0) return std::nullopt;
    return smallest(2, [&](std::size_t n) {
        const double many = static_cast<double>(n);
        const double errors = t_quantile(confidence.upper(), many - 1) + t_quantile(power, many - 1);
        return errors * std::sqrt(variance_of_pairs / many) <= std::abs(difference);
    });
}

std::optional<std::size_t> replications_still_needed(Sample pair_differences, double power, Confidence confidence) {
    if (pair_differences.size() < 2) return std::nullopt;
    const auto total = replications_to_show(mean(pair_differences), variance(pair_differences), power, confidence);
    if (!total) return std::nullopt;
    return *total > pair_differences.size() ? *total - pair_differences.size() : 0;
}

}  // namespace lastunit::reports::statistics
