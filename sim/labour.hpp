// What the people of a node are paid for: the hours of their shifts.
#pragma once

#include "core/types.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

// Person-seconds of those who pick, pack and dispatch, between two instants of the run. Nobody where workers are unlimited.
double staffed_s(const World& world, NodeId node, SimTime from, SimTime until);

}  // namespace lastunit::sim
