// Daily hours: of shops, shifts, carriers.
#pragma once

#include "core/types.hpp"

namespace lastunit::model {

// In time since local midnight; the run starts at `Run::start_of_day`. open == close means round the clock.
struct OpeningHours {
    Duration open{0};
    Duration close{0};
    bool open_at(SimTime local) const;
    SimTime next_opening(SimTime local) const;  // `local` itself when open
};

}  // namespace lastunit::model
