// A run that was stopped, in words.
#pragma once

#include <string>

#include "model/run_record.pb.h"
#include "reports/text.hpp"

namespace lastunit::reports {

// "after 40 min of 24 h"; of the drain: "after 2 h 30 min, while open orders were worked off".
inline std::string stopped_text(const model::Identity& id) {
    const std::string after = "after " + span(id.simulated_s());
    return id.simulated_s() < id.horizon_s() ? after + " of " + round_span(id.horizon_s())
                                             : after + ", while open orders were worked off";
}

}  // namespace lastunit::reports
