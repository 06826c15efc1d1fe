// What the people of a node are paid for: the hours of their shifts or roster, and what they work beyond.
#pragma once

#include "core/types.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

struct Labour {
    double person_s = 0;
    Money cost = 0;
};

// The team, and the workers that stations have of their own, between two instants of the run: paid whether or not there is work.
// Nobody where workers are unlimited. A team without a wage of its own has the scenario's.
Labour staffed(const World& world, NodeId node, SimTime from, SimTime until);
// After the horizon, at work on what was left of its orders; who else is there then works for other orders.
Labour worked_off(const World& world, NodeId node, double team_s, double own_s);
// Beyond the roster (the team) or the shift (stations' own workers, who have the scenario's wage).
Labour overtime(const World& world, NodeId node, double team_s, double own_s);

}  // namespace lastunit::sim
