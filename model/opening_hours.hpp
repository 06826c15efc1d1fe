// Hours of the day: when a store is open, when a shift works.
#pragma once

#include "core/types.hpp"

namespace lastunit::model {

// Daily, in time since local midnight; the run starts at `Run::start_of_day`. open == close means round the clock; a close before
// the open is on the next day.
struct OpeningHours {
    Duration open{0};
    Duration close{0};

    bool round_the_clock() const;
    bool open_at(SimTime local) const;
    SimTime next_opening(SimTime local) const;  // `local` itself when open
    SimTime next_turn(SimTime local) const;     // the next opening or closing after `local`; kNever: round the clock
    Duration open_between(SimTime from, SimTime until) const;
    SimTime after_open(SimTime local, Duration span) const;  // when it has been open for `span` since `local`
};

// Time since the last local midnight.
Duration time_of_day(SimTime local);

}  // namespace lastunit::model
