// The end of a journey: an order, or none.
#include "sim/channels.hpp"
#include "sim/commits.hpp"
#include "sim/core_system.hpp"
#include "sim/event_log.hpp"
#include "sim/recorder.hpp"
#include "sim/shoppers.hpp"

namespace lastunit::sim {

using core::Method;

void Shoppers::accept(std::uint32_t slot, Decided decided) {
    Shopper& shopper = shoppers_[slot];
    if (shopper.placed) count_decision(shopper);
    Promise promise;
    promise.id = shopper.id;
    promise.channel = shopper.channel;
    promise.method = shopper.method;
    promise.persona = shopper.persona;
    promise.place = shopper.place;
    promise.store = shopper.store;
    promise.conflicts = shopper.conflicts;
    promise.decided = decided;
    if (shopper.has_session && sessions_[slot].there.size() == shopper.basket.size())
        promise.there_when_checked = sessions_[slot].there;
    shopper.in_hand = false;
    // Where the core has it already, its own messages lower the view.
    lowered_.clear();
    for (const core::OrderLine& line : shopper.basket) {
        world_.channels->note_age(shopper.channel, line.sku, shopper.method, shopper.store);
        if (shopper.reserved.empty())
            lowered_.push_back(world_.channels->deduct_own_sale(shopper.channel, line, shopper.method, shopper.store));
    }
    promise.lowered = lowered_;
    if (shopper.committed) world_.commits->complete(slot, promise);
    shopper.committed = false;
    reach(shopper, Reached::paid);
    count_journey(shopper);
    if (const auto found = gathers_.find(shopper.id); found != gathers_.end() && !shopper.reserved.empty()) {
        promise.gathered_at = found->second;
        gathers_.erase(found);
    }
    const std::uint32_t order = world_.orders->accept(promise, shopper.basket, shopper.reserved);
    if (shopper.has_session)
        for (const SimTime at : sessions_[slot].told_again) world_.payments->tell_again(order, at);
    if (!counts(shopper)) {
        end(slot);
        return;
    }
    ++bought_;
    Counters& first = world_.recorder->of(shopper.first_channel);
    ++first.shoppers_bought;
    if (shopper.ever_switched) ++first.switched_bought;
    world_.recorder->paths.bought(shopper.path);
    if (shopper.ever_switched) world_.recorder->bought_after_switch(shopper.switched_from, shopper.channel);
    if (shopper.persona < personas_) world_.recorder->persona_bought(shopper.persona);
    end(slot);
}

void Shoppers::count_journey(const Shopper& shopper) {
    const auto& channels = world_.scenario.channels;
    const bool sold_in_store = channels[shopper.channel.value].kind == model::ChannelKind::pos;
    bool online = false;
    bool store = false;
    for (std::size_t i = 0; i < channels.size(); ++i)
        if ((shopper.touched >> i & 1U) != 0) (model::in_store(channels[i].kind) ? store : online) = true;
    Journey kind = shopper.ever_switched ? Journey::cross_channel : Journey::single_channel;
    if (online && sold_in_store) kind = Journey::webrooming;
    if (store && online && !sold_in_store) kind = Journey::showrooming;
    if (shopper.method == Method::pickup) kind = Journey::pickup;
    if (shopper.method == Method::reserve_in_store) kind = Journey::reserve_in_store;
    if (shopper.endless_aisle) kind = Journey::endless_aisle;
    world_.recorder->journey(kind);
    if (!sold_in_store || shopper.method != Method::carry_out) return;
    ++world_.recorder->of(shopper.channel).store_purchases;
    if (online) ++world_.recorder->of(shopper.channel).store_purchases_after_research;
}

// The cart is left behind: what was in hand goes back to the shelf; a hold stays until it runs out.
void Shoppers::abandon(std::uint32_t slot) {
    Shopper& shopper = shoppers_[slot];
    put_back(shopper);
    shopper.basket.clear();
    if (counts(shopper)) ++world_.recorder->of(shopper.channel).abandoned_carts;
    leave(slot);
}

void Shoppers::leave(std::uint32_t slot) {
    if (counts(shoppers_[slot])) ++left_;
    end(slot);
}

void Shoppers::end(std::uint32_t slot) {
    const Shopper& shopper = shoppers_[slot];
    if (shopper.committed) world_.commits->give_back(slot);
    if (shopper.hold.value != 0) world_.core->goes_dead(shopper.hold, shopper.reserved);
    if (shopper.has_session) part(slot);
    if (!counts(shopper)) {
        --uncounted_;
        if (world_.log != nullptr) world_.log->gone(shopper.id);
        shoppers_.give_back(slot);
        return;
    }
    // Who was still looking for what had been refused does not get it any more.
    Counters& counters = world_.recorder->of(shopper.refused_by);
    const auto lose = [&](const core::OrderLine& line) {
        counters.lost_units += static_cast<std::uint64_t>(line.quantity);
        world_.recorder->skus.lost(line.sku, line.quantity);
    };
    for (const core::OrderLine& line : shopper.refused) lose(line);
    if (shopper.seeking)
        for (const core::OrderLine& line : shopper.basket) lose(line);
    if ((shopper.touched & (shopper.touched - 1)) != 0) ++world_.recorder->of(shopper.first_channel).integrated;
    if (world_.log != nullptr) world_.log->gone(shopper.id);
    shoppers_.give_back(slot);
}

}  // namespace lastunit::sim
