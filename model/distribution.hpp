// A distribution of durations or amounts, as a scenario states it. Sampled by inversion: one uniform per sample, monotone in it,
// so that common random numbers stay common.
#pragma once

#include <cstdint>
#include <string>

#include "core/types.hpp"

namespace lastunit::model {

struct Distribution {
    enum class Kind : std::uint8_t { constant, uniform, exponential, lognormal, gamma, weibull, hyperexponential };

    Kind kind = Kind::constant;
    double mean = 0;  // constant: the value. Unit: microseconds for times, minor units for money, 1 for counts
    double low = 0;   // uniform only
    double high = 0;  // uniform only
    // Standard deviation / mean, of the last four. Hyperexponential: two phases with balanced means, cv >= 1.
    double cv = 1;

    // u in (0, 1). About 30 ns for lognormal and weibull, 0.15 us for hyperexponential, 0.4 us for gamma
    // (benchmarks/model_bench).
    double sample(double u) const;
    Duration sample_time(double u) const;  // rounded to the nearest microsecond, never negative
    double expected() const;
    bool is_zero() const { return kind == Kind::constant && mean == 0; }
    std::string text() const;  // as it could stand in a scenario, times in seconds
    bool operator==(const Distribution&) const = default;

    // Solves the parameters that a sample needs from (kind, mean, cv), once. Without it, or when a field changed since, each
    // sample solves them again: the same values, some 7 times slower for weibull. The factories below return prepared
    // distributions.
    void prepare();

    struct Solved {
        Kind kind = Kind::constant;
        double mean = -1, cv = -1;  // what was solved for
        double a = 0, b = 0;        // lognormal: mu, sigma; gamma, weibull: shape, scale; hyperexponential: the two rates
        bool operator==(const Solved&) const { return true; }  // a cache is not part of the value
    };
    Solved solved{};
};
const char* name_of(Distribution::Kind kind);

Distribution constant(double value);
inline Distribution constant(Duration span) { return constant(static_cast<double>(span.us)); }
Distribution between(double low, double high);  // uniform
Distribution exponential(double mean);
Distribution lognormal(double mean, double cv);
Distribution gamma(double mean, double cv);
Distribution weibull(double mean, double cv);
Distribution hyperexponential(double mean, double cv);

}  // namespace lastunit::model
