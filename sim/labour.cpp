#include "sim/labour.hpp"

#include <cmath>

namespace lastunit::sim {

namespace {

Money pay(double person_s, Money wage) { return std::llround(person_s / 3600 * static_cast<double>(wage)); }

}  // namespace

Labour staffed(const World& world, NodeId node, SimTime from, SimTime until) {
    const model::Node& place = world.scenario.network.nodes[node.value];
    const SimTime begin = world.local(from), end = world.local(until);
    const std::uint64_t own = std::uint64_t{place.pick.workers} + place.pack.workers + place.dispatch.workers;
    const Money wage = world.scenario.costs.wage;
    Labour labour;
    if (own > 0) labour.person_s = place.shifts.open_between(begin, end).seconds() * static_cast<double>(own);
    labour.cost = pay(labour.person_s, wage);
    if (!place.team) return labour;
    const double team = place.team->staffed_s(begin, end);
    labour.person_s += team;
    labour.cost += pay(team, place.team->wage > 0 ? place.team->wage : wage);
    return labour;
}

Labour worked_off(const World& world, NodeId node, double team_s, double own_s) {
    const model::Node& place = world.scenario.network.nodes[node.value];
    const Money wage = world.scenario.costs.wage;
    const Money team = place.team && place.team->wage > 0 ? place.team->wage : wage;
    return {team_s + own_s, pay(team_s, team) + pay(own_s, wage)};
}

Labour overtime(const World& world, NodeId node, double team_s, double own_s) {
    const model::Node& place = world.scenario.network.nodes[node.value];
    const Money wage = world.scenario.costs.overtime_wage;
    Money team = wage;
    if (place.team && (place.team->wage > 0 || place.team->overtime_wage > 0)) {
        team = place.team->overtime_wage;
        // Half as much again where only the ordinary wage is stated, as by law in many countries (Poland: Labour Code, art.
        // 151-1).
        if (team == 0) team = place.team->wage * 3 / 2;
    }
    return {team_s + own_s, pay(team_s, team) + pay(own_s, wage)};
}

}  // namespace lastunit::sim
