// The steps of a shopper's journey from arrival to the cart. Each function is one step: it looks, decides, and schedules the
// next.
#include <algorithm>

#include "sim/channels.hpp"
#include "sim/core_system.hpp"
#include "sim/desks.hpp"
#include "sim/event_log.hpp"
#include "sim/journey_salts.hpp"
#include "sim/recorder.hpp"
#include "sim/shoppers.hpp"

namespace lastunit::sim {

using core::Method;
using model::Purpose;
using model::ReservationMode;

void Shoppers::step(std::uint32_t slot) {
    switch (shoppers_[slot].next) {
        case Next::call:
            call(slot);
            break;
        case Next::browsed:
            browsed(slot);
            break;
        case Next::in_new_channel:
            arrive_in_channel(shoppers_[slot]);
            choose_method(shoppers_[slot]);
            check(slot) ? into_cart(slot) : refused_everything(slot);
            break;
        case Next::cart_over:
            cart_over(slot);
            break;
        case Next::checkout_over:
            checkout_over(slot);
            break;
        case Next::pay:
            pay(slot);
            break;
        case Next::heard_of_payment:
            heard_of_payment(slot);
            break;
        case Next::give_up:
            give_up(slot);
            break;
        case Next::ask_hold_cart:
        case Next::ask_hold_order:
            answered(shoppers_[slot]);
            hold_answer(slot, shoppers_[slot].next);
            break;
        case Next::ask_order:
            answered(shoppers_[slot]);
            order_answer(slot);
            break;
        case Next::ask_confirm:
            answered(shoppers_[slot]);
            confirm_answer(slot);
            break;
    }
}

void Shoppers::reach(Shopper& shopper, Reached stage) {
    while (shopper.reached < stage) {
        shopper.reached = static_cast<Reached>(static_cast<std::uint8_t>(shopper.reached) + 1);
        if (counts(shopper)) world_.recorder->reached(shopper.persona, shopper.reached);
    }
}

Duration Shoppers::time(const Shopper& shopper, const model::Distribution& how_long, Purpose purpose, std::uint32_t salt) const {
    if (how_long.kind == model::Distribution::Kind::constant) return how_long.sample_time(0.5);
    return how_long.sample_time(uniform(shopper, purpose, salt));
}

void Shoppers::proceed(std::uint32_t slot, Next next, Duration delay) {
    shoppers_[slot].next = next;
    if (delay.us == 0) {
        step(slot);
    } else {
        world_.after(delay, EventKind::shopper, slot);
    }
}

// --- browse and availability ---

// A shopper who comes from elsewhere travels to a store and waits for its doors to open, as far as patience goes.
void Shoppers::enter(std::uint32_t slot, ChannelId channel, Next then) {
    Shopper& shopper = shoppers_[slot];
    const model::ChannelKind kind = world_.scenario.channels[channel.value].kind;
    const bool first = shopper.visits == 0;
    const bool was_in_store = !first && model::in_store(world_.scenario.channels[shopper.channel.value].kind);
    shopper.came_from = first ? channel : shopper.channel;
    shopper.channel = channel;
    ++shopper.visits;
    Duration delay{0};
    if (model::in_store(kind)) {
        if (!first && !was_in_store) delay = time(shopper, persona(shopper).travel_time, Purpose::store_visit, kTravel);
        const SimTime there = world_.local(world_.now + delay);
        const SimTime open = world_.scenario.network.nodes[shopper.store.value].hours.next_opening(there);
        delay = delay + (open - there);
    }
    if (world_.desks->at(channel)) {
        shopper.after_talk = then;
        then = Next::call;
    } else if (then == Next::browsed) {
        delay = delay + time(shopper, persona(shopper).browse_time, Purpose::browse);
    }
    if (world_.now + delay > shopper.deadline) {
        leave(slot);
        return;
    }
    proceed(slot, then, delay);
}

// The shopper is there: only now has the channel been used.
void Shoppers::arrive_in_channel(Shopper& shopper) {
    shopper.touched |= 1U << shopper.channel.value;
    if (shopper.came_from == shopper.channel || !counts(shopper)) return;
    world_.recorder->switched(shopper.came_from, shopper.channel);
    shopper.path = world_.recorder->paths.go_on(shopper.path, shopper.channel);
    shopper.switched_from = shopper.came_from;
    shopper.came_from = shopper.channel;
    if (!shopper.ever_switched) ++world_.recorder->of(shopper.first_channel).switched;
    shopper.ever_switched = true;
}

void Shoppers::browsed(std::uint32_t slot) {
    Shopper& shopper = shoppers_[slot];
    arrive_in_channel(shopper);
    reach(shopper, Reached::browsed);
    if (!shopper.switched_after_browse) {
        const ChannelId to = next_channel(shopper, kSwitchAfterBrowse);
        if (to != shopper.channel) {
            shopper.switched_after_browse = true;
            enter(slot, to, Next::browsed);
            return;
        }
    }
    // Who is not interested does not ask whether it is there.
    if (uniform(shopper, Purpose::decide, kAdd) >= persona(shopper).add_to_cart) {
        leave(slot);
        return;
    }
    choose_method(shopper);
    if (!check(slot)) {
        refused_everything(slot);
        return;
    }
    into_cart(slot);
}

ChannelId Shoppers::next_channel(const Shopper& shopper, std::uint32_t salt) const {
    const model::Persona& who = persona(shopper);
    if (who.switch_choice.empty() || who.stays[shopper.channel.value]) return shopper.channel;
    return ChannelId(
        static_cast<std::uint8_t>(who.switch_choice[shopper.channel.value](uniform(shopper, Purpose::switch_channel, salt))));
}

void Shoppers::choose_method(Shopper& shopper) {
    const model::Channel& channel = world_.scenario.channels[shopper.channel.value];
    shopper.method = static_cast<Method>(channel.method_choice(uniform(shopper, Purpose::method)));
    if (shopper.endless_aisle && shopper.method == Method::carry_out) shopper.method = Method::ship;
}

// The channel asks the core, and gets no answer.
bool Shoppers::blind(const Shopper& shopper) const {
    return world_.channels->design(shopper.channel).decides_on == model::DecidesOn::core && cut(shopper) == Cut::refuses;
}

// Whether the channel shows the line as available, after the units of its SKU that other lines of the basket have been granted.
bool Shoppers::sees(std::uint32_t slot, const core::OrderLine& line, Quantity besides) {
    const Shopper& shopper = shoppers_[slot];
    // What is in one hand is not there for the other, however carelessly a system counts.
    const bool summed =
        world_.design.bookkeeping.check_lines == model::Bookkeeping::CheckLines::summed || shopper.method == Method::carry_out;
    Quantity shown = world_.channels->shown(shopper.channel, line.sku, shopper.method, shopper.store);
    if (shopper.has_session) shown += own_elsewhere(slot, line.sku);
    if (world_.log != nullptr) world_.log->looked(shopper.id, shopper.channel, line.sku, shopper.method, shopper.store, shown);
    return shown >= line.quantity + (summed ? besides : 0);
}

// Keeps the lines that the channel shows as available (units that the same shopper holds elsewhere may count); the others are
// refused. False when nothing is left.
bool Shoppers::check(std::uint32_t slot) {
    Shopper& shopper = shoppers_[slot];
    shopper.seeking = false;
    if (shopper.has_session) sessions_[slot].there.clear();
    if (blind(shopper)) {
        refuse_unreachable(slot);
        return false;
    }
    std::size_t kept = 0;
    for (const core::OrderLine line : shopper.basket) {
        const Quantity besides = units_of(line.sku, {shopper.basket.data(), kept});
        if (sees(slot, line, besides)) {
            shopper.basket[kept++] = line;
        } else {
            refuse(shopper, line, Refused::out_of_stock, besides);
        }
    }
    shopper.basket.resize(kept);
    if (kept > 0) reach(shopper, Reached::saw_available);
    return kept > 0;
}

// --- cart ---

void Shoppers::into_cart(std::uint32_t slot) {
    Shopper& shopper = shoppers_[slot];
    if (shopper.method == Method::carry_out) {
        take_from_shelf(shopper);
    } else if (mode(shopper) == ReservationMode::reserve_on_cart && shopper.hold.value == 0) {
        ask(slot, Next::ask_hold_cart);
        return;
    }
    carted(slot);
}

void Shoppers::carted(std::uint32_t slot) {
    Shopper& shopper = shoppers_[slot];
    reach(shopper, Reached::carted);
    if (shopper.role == Role::bot) world_.core->goes_dead(shopper.hold, shopper.reserved);
    if (open_second_device(slot)) return;
    const Shopper& same = shoppers_[slot];  // another session may have moved it
    proceed(slot, Next::cart_over, time(same, persona(same).cart_time, Purpose::checkout, 0));
}

// The first to have a unit in hand has it, whoever else was promised it.
void Shoppers::take_from_shelf(Shopper& shopper) {
    shopper.conflicts.clear();
    shopper.displaced.clear();
    for (const core::OrderLine& line : shopper.basket) {
        TruthCell& cell = world_.truth.cell(shopper.store, line.sku);
        world_.truth.take_from_shelf(shopper.store, line.sku, line.quantity);
        if (world_.log != nullptr) world_.log->moved(model::MOVE_TAKEN, shopper.store, line.sku, line.quantity, shopper.id);
        cell.in_hand += line.quantity;
        shopper.conflicts.push_back(world_.orders->make_room(shopper.store, line.sku, shopper.displaced));
    }
    shopper.in_hand = true;
}

void Shoppers::put_back(Shopper& shopper) {
    if (!shopper.in_hand) return;
    for (const core::OrderLine& line : shopper.basket) {
        world_.truth.put_on_shelf(shopper.store, line.sku, line.quantity);
        if (world_.log != nullptr) world_.log->moved(model::MOVE_PUT_BACK, shopper.store, line.sku, line.quantity, shopper.id);
        world_.truth.cell(shopper.store, line.sku).in_hand -= line.quantity;
    }
    for (const std::uint32_t piece : shopper.displaced) world_.orders->stands_again(piece);
    shopper.in_hand = false;
}

void Shoppers::cart_over(std::uint32_t slot) {
    Shopper& shopper = shoppers_[slot];
    if (world_.now > shopper.deadline) {
        abandon(slot);
        return;
    }
    if (!shopper.switched_after_cart) {
        const ChannelId to = next_channel(shopper, kSwitchAfterCart);
        if (to != shopper.channel) {
            shopper.switched_after_cart = true;
            put_back(shopper);
            // A shared cart is reserved again where it goes; a lost one keeps its hold until that runs out.
            world_.design.shared_carts ? drop_hold(slot) : leave_hold(slot);
            if (!world_.design.shared_carts) {
                if (counts(shopper)) ++world_.recorder->of(shopper.channel).carts_lost;
                if (uniform(shopper, Purpose::decide, kRebuild) >= persona(shopper).rebuild_cart) {
                    abandon(slot);
                    return;
                }
            }
            enter(slot, to, Next::in_new_channel);
            return;
        }
    }
    if (uniform(shopper, Purpose::decide, kReach) >= persona(shopper).reach_checkout) {
        abandon(slot);
        return;
    }
    open_checkout(slot);
}

}  // namespace lastunit::sim
