#include "cli/load/live_clock.hpp"

#include <chrono>
#include <cmath>

namespace lastunit::cli {

std::int64_t unix_now_us() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

SimTime LiveClock::at(std::int64_t steady_ns) const {
    const double us = static_cast<double>(steady_ns - anchor_ns_) / 1000.0 * speed_;
    return anchor_ + Duration{static_cast<std::int64_t>(std::floor(us))};
}

// Rounded up, so that at(ns_of(time)) is never before `time`.
std::int64_t LiveClock::ns_of(SimTime time) const {
    const double ns = static_cast<double>((time - anchor_).us) * 1000.0 / speed_;
    return anchor_ns_ + static_cast<std::int64_t>(std::ceil(ns));
}

void LiveClock::skip(std::int64_t steady_ns, SimTime to) {
    const SimTime was = at(steady_ns);
    if (to <= was) return;
    skipped_ = skipped_ + (to - was);
    anchor_ns_ = steady_ns;
    anchor_ = to;
}

}  // namespace lastunit::cli
