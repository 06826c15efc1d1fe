// The scenario's clock of a live run: the steady clock, so many times faster.
#pragma once

#include <cstdint>

#include "core/types.hpp"

namespace lastunit::cli {

std::int64_t unix_now_us();  // the clock of the wall, which the parts of a load begin by

class LiveClock {
   public:
    // `speed`: seconds of the scenario per second of the clock. It is the scenario's time 0 at `start_ns` of the steady clock.
    LiveClock(double speed, std::int64_t start_ns) : speed_(speed), anchor_ns_(start_ns) {}

    double speed() const { return speed_; }
    SimTime at(std::int64_t steady_ns) const;
    // The instant at which it is, was or will be `time` if nothing is skipped from now on.
    std::int64_t ns_of(SimTime time) const;
    // From `steady_ns` on it is `to`: time in which nothing happens is not waited for.
    void skip(std::int64_t steady_ns, SimTime to);
    // How much of the scenario was skipped so far.
    Duration skipped() const { return skipped_; }

   private:
    double speed_;
    std::int64_t anchor_ns_;
    SimTime anchor_{};
    Duration skipped_{0};
};

}  // namespace lastunit::cli
