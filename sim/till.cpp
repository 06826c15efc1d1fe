// A shopper at the till of a store whose people have other work as well: waits for one of them, and walks out after a while.
#include <algorithm>

#include "sim/operations/teams.hpp"
#include "sim/shoppers.hpp"

namespace lastunit::sim {

using model::Purpose;

namespace {
// Salts of a visit's draws of Purpose::serving; 0 is the counter's.
enum TillSalt : std::uint32_t { kNeedsSomebody = 1, kService, kPatience };
}  // namespace

// Nobody waits longer than the whole journey's patience, nor beyond closing time.
bool Shoppers::waits_at_till(std::uint32_t slot) {
    const Shopper& shopper = shoppers_[slot];
    if (!shopper.in_hand || !world_.teams->serves(shopper.store)) return false;
    const model::Node& store = world_.scenario.network.nodes[shopper.store.value];
    if (uniform(shopper, Purpose::serving, kNeedsSomebody) >= store.team->served) return false;
    Duration patience = shopper.deadline - world_.now;
    if (store.team->patience) patience = std::min(patience, time(shopper, *store.team->patience, Purpose::serving, kPatience));
    const SimTime local = world_.local(world_.now);
    if (!store.hours.open_at(local)) {
        patience = Duration{0};
    } else if (const SimTime closing = store.hours.next_turn(local); closing != kNever) {
        patience = std::min(patience, closing - local);
    }
    world_.teams->at_till(shopper.store, slot, patience, time(shopper, store.team->serve, Purpose::serving, kService));
    return true;
}

void Shoppers::served(std::uint32_t slot) { go_through_checkout(slot); }

Quantity Shoppers::walks_out(std::uint32_t slot) {
    Quantity units = 0;
    for (const core::OrderLine& line : shoppers_[slot].basket) units += line.quantity;
    abandon(slot);
    return units;
}

}  // namespace lastunit::sim
