// Time averages from intervals: someone who is there from a to b adds the part of [a, b) that lies inside the window.
#pragma once

#include <algorithm>

#include "core/types.hpp"

namespace lastunit::cli::validation {

struct Window {
    SimTime from, until;

    bool contains(SimTime at) const { return from <= at && at < until; }
    double overlap_us(SimTime a, SimTime b) const {
        const std::int64_t span = std::min(b.us, until.us) - std::max(a.us, from.us);
        return span > 0 ? static_cast<double>(span) : 0;
    }
    double length_us() const { return static_cast<double>((until - from).us); }
};

}  // namespace lastunit::cli::validation
