// Whether and when a shopper comes for what waits somewhere.
#pragma once

#include "core/types.hpp"
#include "sim/orders.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

struct Visit {
    bool comes = true;  // false: never
    Duration after{0};
};

// Told now; within the place's opening hours. Keyed by the order alone: who comes for one of its parcels comes for all of them.
inline Visit visit_by_shopper(const World& world, const Order& order, NodeId at) {
    const model::Persona* persona = world.persona(order.persona);
    if (persona != nullptr && world.uniform(model::Purpose::store_visit, order.id) >= persona->collects) return {false, {}};
    const Duration travel =
        persona == nullptr ? Duration{0} : world.draw(persona->travel_time, model::Purpose::store_visit, order.id, 1);
    const SimTime there = world.local(world.now + travel);
    return {true, travel + (world.scenario.network.nodes[at.value].hours.next_opening(there) - there)};
}

}  // namespace lastunit::sim
