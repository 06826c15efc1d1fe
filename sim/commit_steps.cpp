// The journey's side of a commit (sim/commits.hpp): what the shopper wants, and what it makes of the answer.
#include "sim/commits.hpp"
#include "sim/shoppers.hpp"

namespace lastunit::sim {

Wanted Shoppers::wanted(std::uint32_t slot) const {
    const Shopper& shopper = shoppers_[slot];
    Wanted wanted;
    wanted.order = OrderId(shopper.id);
    wanted.shopper = shopper.id;
    wanted.visit = shopper.visits;
    wanted.channel = shopper.channel;
    wanted.method = shopper.method;
    wanted.place = shopper.place;
    wanted.store = shopper.store;
    wanted.lines = shopper.basket;
    return wanted;
}

void Shoppers::committed(std::uint32_t slot, const CommitAnswer& answer) {
    Shopper& shopper = shoppers_[slot];
    shopper.basket.assign(answer.accepted.begin(), answer.accepted.end());
    shopper.reserved.assign(answer.reserved.begin(), answer.reserved.end());
    shopper.hold = answer.hold;
    for (const RefusedLine& refused : answer.refused)
        refuse(shopper, refused.line, refused.why, units_of(refused.line.sku, shopper.basket));
    if (shopper.basket.empty()) {
        refused_everything(slot);
    } else {
        accept(slot);
    }
}

}  // namespace lastunit::sim
