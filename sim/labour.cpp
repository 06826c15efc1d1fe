#include "sim/labour.hpp"

#include <algorithm>

namespace lastunit::sim {

// Day by day: the shift's overlap with the span. A shift over midnight belongs to the day on which it begins.
double staffed_s(const World& world, NodeId node, SimTime from, SimTime until) {
    const model::Node& place = world.scenario.network.nodes[node.value];
    const std::uint32_t workers = place.pick.workers + place.pack.workers + place.dispatch.workers;
    Duration shift = place.shifts.close - place.shifts.open;
    if (shift.us <= 0) shift = shift + hours(24);  // round the clock, or over midnight
    const SimTime begin = world.local(from), end = world.local(until);
    double open_s = 0;
    for (SimTime day{-hours(24).us}; day < end; day = day + hours(24)) {
        const SimTime opens = std::max(begin, day + place.shifts.open);
        const SimTime closes = std::min(end, day + place.shifts.open + shift);
        if (opens < closes) open_s += (closes - opens).seconds();
    }
    return open_s * workers;
}

}  // namespace lastunit::sim
