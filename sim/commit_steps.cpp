// The journey's side of a commit (sim/commits.hpp): what the shopper wants, and what it makes of the answer.
#include <algorithm>

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

// Counters and quotas answer whether or not the core does.
void Shoppers::commit(std::uint32_t slot, Take take) {
    Shopper& shopper = shoppers_[slot];
    shopper.next = take == Take::hold ? Next::ask_hold_order : Next::ask_order;
    if (shopper.placed) shopper.deciding = shopper.deciding - (world_.now - SimTime{0});
    const bool asks_core =
        mode(shopper) == model::ReservationMode::optimistic || mode(shopper) == model::ReservationMode::row_lock;
    if (asks_core && cut(shopper) != Cut::no) {
        command_failed(slot);
    } else {
        world_.commits->begin(slot, take);
    }
}

void Shoppers::committed(std::uint32_t slot, const CommitAnswer& answer) {
    Shopper& shopper = shoppers_[slot];
    answered(shopper);
    shopper.committed = true;
    if (shopper.has_session) sessions_[slot].there.clear();  // Commits looked again, and knows what it saw
    shopper.basket.assign(answer.accepted.begin(), answer.accepted.end());
    shopper.reserved.assign(answer.reserved.begin(), answer.reserved.end());
    shopper.hold = answer.hold;
    const bool cut_off = std::any_of(answer.refused.begin(), answer.refused.end(),
                                     [](const RefusedLine& refused) { return refused.why == Refused::unreachable; });
    if (cut_off && shopper.basket.empty() && world_.design.cut_off == model::CutOff::sell_on_view) {
        for (const RefusedLine& refused : answer.refused) shopper.basket.push_back(refused.line);
        shopper.committed = false;
        sell_on_view(slot, answer.take == Take::hold ? Next::ask_hold_order : Next::ask_order);
        return;
    }
    if (cut_off) count_unreachable(shopper);
    for (const RefusedLine& refused : answer.refused)
        refuse(shopper, refused.line, refused.why, units_of(refused.line.sku, shopper.basket));
    if (shopper.basket.empty()) {
        refused_everything(slot);
    } else if (answer.take == Take::hold) {
        await_payment(slot);
    } else {
        accept(slot, Decided::on_record);
    }
}

}  // namespace lastunit::sim
