#include "reports/load/latency.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "reports/text.hpp"

namespace lastunit::reports {

namespace {

constexpr double kNano = 1e-9;

// Divided, so that the shortest decimal of the seconds is that of the nanoseconds.
double seconds_of(std::uint64_t ns) { return static_cast<double>(ns) / 1e9; }

}  // namespace

double quantile_s(const model::LatencyHistogram& histogram, double q) {
    if (histogram.total() == 0) return 0;
    if (q >= 1) return seconds_of(histogram.max_ns());
    const auto rank = static_cast<std::uint64_t>(std::max(q, 0.0) * static_cast<double>(histogram.total()));
    std::uint64_t seen = 0;
    for (int i = 0; i < std::min(histogram.value_ns_size(), histogram.count_size()); ++i) {
        seen += histogram.count(i);
        // The middle of the last bucket may lie above the largest value, of the first below the smallest.
        if (seen > rank) return seconds_of(std::max(std::min(histogram.value_ns(i), histogram.max_ns()), histogram.min_ns()));
    }
    return seconds_of(histogram.max_ns());
}

double mean_s(const model::LatencyHistogram& histogram) {
    if (histogram.total() == 0) return 0;
    return static_cast<double>(histogram.sum_ns()) / static_cast<double>(histogram.total()) / 1e9;
}

model::TimeStats time_stats(const model::LatencyHistogram& histogram) {
    model::TimeStats stats;
    stats.set_count(histogram.total());
    stats.set_mean(mean_s(histogram));
    stats.set_p50(quantile_s(histogram, 0.5)), stats.set_p90(quantile_s(histogram, 0.9));
    stats.set_p95(quantile_s(histogram, 0.95)), stats.set_p99(quantile_s(histogram, 0.99));
    stats.set_max(quantile_s(histogram, 1));
    return stats;
}

std::string latency_text(double seconds) {
    if (!std::isfinite(seconds) || seconds >= 0.9995 || seconds <= 0) return span(seconds);
    constexpr std::array<std::pair<double, const char*>, 3> kUnits{{{1e-3, " ms"}, {1e-6, " us"}, {1e-9, " ns"}}};
    for (const auto& [unit, name] : kUnits) {
        const double value = seconds / unit;
        if (value < 0.9995 && unit > kNano) continue;
        const bool whole = unit == kNano || value >= 99.95;
        return decimal(value, whole ? 0 : value >= 9.995 ? 1 : 2) + name;
    }
    return span(seconds);
}

std::string quantile_text(const model::LatencyHistogram& histogram, double q) {
    return histogram.total() == 0 ? "-" : latency_text(quantile_s(histogram, q));
}

}  // namespace lastunit::reports
