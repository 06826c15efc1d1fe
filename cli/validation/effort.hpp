// How much simulation a validation is given.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace lastunit::cli::validation {

struct Effort {
    std::string name;
    double shoppers = 0;          // per case at most, all replications together
    double precision = 0;         // an interval is informative when its half-width is below this share of the expected value
    std::uint32_t sequences = 0;  // per fulfilment instance
    std::uint32_t futures = 0;    // that a policy samples to value a unit, where states are computed one by one
    // In a run of many SKUs, each a shop of its own: long enough that starting a run costs nothing.
    double shoppers_per_run = 20'000;
    std::uint64_t study = 1;  // of what is sampled without a run: another set of random numbers for each
};

// Standard errors beyond which a difference is no longer taken for chance. A normal z exceeds 4.2 with probability 2.7e-5: for a
// file of 300 outputs the chance of one false alarm or more is below 0.8 %.
inline constexpr double kAlarm = 4.2;

// How many times the usual effort a queue of this load (below 1) is worth. The variance of its mean wait grows with (1 - load)^-4
// and the wait itself with (1 - load)^-1: relative to it, an interval as wide as at 0.9 takes (0.1 / (1 - load))^2 times as long.
double times_effort_at(double load);

std::optional<Effort> find_effort(const std::string& name);  // quick, normal, thorough

}  // namespace lastunit::cli::validation
