// When operations of a plain schedule are due: a steady rate, a ramp, a spike, hours of soak, as stretches one after the other.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/types.hpp"
#include "model/random.hpp"

namespace lastunit::drivers {

// The rate (per second) goes from one value to the other in a straight line. Not negative.
struct RatePhase {
    Duration lasts{0};
    double from = 0, to = 0;
};
enum class Spacing : std::uint8_t {
    even,     // the same number every second; neighbours as far apart as the rate says
    poisson,  // as independent shoppers come
};

class RatePlan {
   public:
    RatePlan(std::vector<RatePhase> phases, Spacing spacing, std::uint64_t seed);

    // Nanoseconds since the beginning, never less than the one before; nothing once the plan is over.
    std::optional<std::int64_t> next();
    Duration lasts() const;
    double expected() const;  // operations of the whole plan

   private:
    std::vector<RatePhase> phases_;
    Spacing spacing_;
    model::Stream stream_;
    std::size_t phase_ = 0;
    double due_ = 0;     // operations that are due before the next one, from the beginning
    double before_ = 0;  // ... before this phase
    double phase_at_s_ = 0;
};

}  // namespace lastunit::drivers
