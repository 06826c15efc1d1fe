// The checkout: opened, placed, paid, and what the core answers.
#include "core/assert.hpp"
#include "sim/channels.hpp"
#include "sim/commits.hpp"
#include "sim/core_system.hpp"
#include "sim/journey_salts.hpp"
#include "sim/recorder.hpp"
#include "sim/shoppers.hpp"

namespace lastunit::sim {

using model::Purpose;
using model::ReservationMode;

void Shoppers::open_checkout(std::uint32_t slot) {
    Shopper& shopper = shoppers_[slot];
    reach(shopper, Reached::checkout);
    const model::ChannelDesign& design = world_.channels->design(shopper.channel);
    const Duration checkout = time(shopper, persona(shopper).checkout_time, Purpose::checkout, 1);
    if (Commits::owns(mode(shopper)) && !shopper.in_hand) world_.commits->read(slot);
    if (mode(shopper) != ReservationMode::check_then_act || shopper.in_hand) {
        proceed(slot, Next::checkout_over, checkout);
        return;
    }
    // Read now, commit when the window closes; without a window of its own it lasts as long as the shopper takes.
    if (!check(slot)) {
        refused_everything(slot);
        return;
    }
    if (design.window.is_zero()) {
        proceed(slot, Next::checkout_over, checkout);
    } else {
        proceed(slot, Next::pay, time(shopper, design.window, Purpose::window));
    }
}

void Shoppers::checkout_over(std::uint32_t slot) {
    Shopper& shopper = shoppers_[slot];
    if (uniform(shopper, Purpose::decide, kComplete) >= persona(shopper).complete_checkout) {
        abandon(slot);
        return;
    }
    if (mode(shopper) == ReservationMode::reserve_on_order && !shopper.in_hand) {
        ask(slot, Next::ask_hold_order);
        return;
    }
    reach(shopper, Reached::placed);
    proceed(slot, Next::pay, time(shopper, persona(shopper).payment_time, Purpose::payment, 1));
}

void Shoppers::pay(std::uint32_t slot) {
    Shopper& shopper = shoppers_[slot];
    // A window of its own stands for the whole checkout: who does not complete it leaves here.
    const bool whole_checkout = shopper.reached < Reached::placed;
    if (whole_checkout && uniform(shopper, Purpose::decide, kComplete) >= persona(shopper).complete_checkout) {
        abandon(slot);
        return;
    }
    if (uniform(shopper, Purpose::payment) >= persona(shopper).payment_success) {
        if (shopper.hold.value != 0) world_.core->release(shopper.hold);
        abandon(slot);
        return;
    }
    place_order(slot);
}

// The order is placed: by the channel's word alone, or by the core's.
void Shoppers::place_order(std::uint32_t slot) {
    Shopper& shopper = shoppers_[slot];
    if (shopper.in_hand) {
        accept(slot);
        return;
    }
    switch (mode(shopper)) {
        case ReservationMode::none:
            check(slot) ? accept(slot) : refused_everything(slot);
            break;
        case ReservationMode::check_then_act:
            accept(slot);
            break;
        case ReservationMode::ledger:
        case ReservationMode::reserve_on_payment:
            ask(slot, Next::ask_order);
            break;
        case ReservationMode::optimistic:
        case ReservationMode::row_lock:
        case ReservationMode::atomic_decrement:
        case ReservationMode::escrow:
        case ReservationMode::read_modify_write:
            world_.commits->begin(slot, Take::allocation);
            break;
        case ReservationMode::reserve_on_cart:
        case ReservationMode::reserve_on_order:
            ask(slot, Next::ask_confirm);
            break;
    }
}

// --- the core's answers ---

void Shoppers::ask(std::uint32_t slot, Next what) {
    shoppers_[slot].next = what;
    if (!world_.core->occupy(Ticket::Owner::shopper, slot)) step(slot);
}

// Nobody knows what became of the order: the shopper is told to try later, and a hold stays until it runs out.
void Shoppers::command_failed(std::uint32_t slot) {
    Shopper& shopper = shoppers_[slot];
    for (const core::OrderLine& line : shopper.basket) refuse(shopper, line, Because::unreachable);
    shopper.basket.clear();
    refused_everything(slot);
}

// Plans what is in the basket against the core's record; lines that no node can give are refused. True: plan_ covers the rest.
bool Shoppers::plan_basket(std::uint32_t slot) {
    Shopper& shopper = shoppers_[slot];
    core::RouteRequest request = world_.orders->request_for(shopper.channel, shopper.method, shopper.place, shopper.store);
    request.lines = shopper.basket;
    world_.core->plan(request, plan_);
    if (plan_.outcome == core::PlanOutcome::planned) return true;
    std::size_t kept = 0;
    for (const core::OrderLine line : shopper.basket) {
        const Quantity besides = units_of(line.sku, {shopper.basket.data(), kept});
        const core::OrderLine all{line.sku, line.quantity + besides};
        request.lines = {&all, 1};
        world_.core->plan(request, plan_);
        if (plan_.outcome == core::PlanOutcome::planned) {
            shopper.basket[kept++] = line;
        } else {
            refuse(shopper, line, Because::out_of_stock, besides);
        }
    }
    shopper.basket.resize(kept);
    if (kept == 0) return false;
    request.lines = shopper.basket;
    world_.core->plan(request, plan_);
    if (plan_.outcome == core::PlanOutcome::planned) return true;
    for (const core::OrderLine& line : shopper.basket) refuse(shopper, line);
    shopper.basket.clear();
    return false;
}

// What the plan takes from where: to be held or allocated.
void Shoppers::reserve_planned(Shopper& shopper) {
    shopper.reserved.clear();
    for (const core::PlanLine& line : plan_.lines)
        shopper.reserved.push_back({line.node, shopper.basket[line.line].sku, line.quantity});
}

void Shoppers::hold_answer(std::uint32_t slot, Next asked) {
    if (!plan_basket(slot)) {
        refused_everything(slot);
        return;
    }
    Shopper& shopper = shoppers_[slot];
    reserve_planned(shopper);
    shopper.hold = HoldId(++next_hold_);
    const core::Outcome outcome =
        world_.core->hold(shopper.hold, shopper.channel, shopper.reserved, world_.channels->design(shopper.channel).hold_ttl);
    LASTUNIT_ASSERT(outcome == core::Outcome::applied, core::name_of(outcome));
    if (asked == Next::ask_hold_cart) {
        carted(slot);
    } else {
        reach(shopper, Reached::placed);
        proceed(slot, Next::pay, time(shopper, persona(shopper).payment_time, Purpose::payment, 1));
    }
}

void Shoppers::order_answer(std::uint32_t slot) {
    shoppers_[slot].hold = HoldId{};
    shoppers_[slot].reserved.clear();
    if (!plan_basket(slot)) {
        refused_everything(slot);
        return;
    }
    Shopper& shopper = shoppers_[slot];
    reserve_planned(shopper);
    const core::Outcome outcome = world_.core->allocate(OrderId(shopper.id), shopper.channel, shopper.reserved);
    LASTUNIT_ASSERT(outcome == core::Outcome::applied, core::name_of(outcome));
    accept(slot);
}

void Shoppers::confirm_answer(std::uint32_t slot) {
    Shopper& shopper = shoppers_[slot];
    const bool same_hold = shopper.hold.value != 0;
    if (same_hold && world_.core->confirm(shopper.hold, OrderId(shopper.id)) == core::Outcome::applied) {
        accept(slot);
    } else if (!same_hold || world_.channels->design(shopper.channel).expired_hold == model::ExpiredHold::retry) {
        order_answer(slot);
    } else {
        // "Your reservation has run out": the payment goes back, and the cart is gone.
        for (const core::OrderLine& line : shopper.basket) refuse(shopper, line, Because::hold_ran_out);
        abandon(slot);
    }
}

}  // namespace lastunit::sim
