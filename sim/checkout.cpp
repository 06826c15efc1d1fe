// The checkout: opened, placed, paid, and what the core answers.
#include "core/assert.hpp"
#include "sim/channels.hpp"
#include "sim/commits.hpp"
#include "sim/core_system.hpp"
#include "sim/journey_salts.hpp"
#include "sim/live.hpp"
#include "sim/recorder.hpp"
#include "sim/shoppers.hpp"

namespace lastunit::sim {

using model::Purpose;
using model::ReservationMode;

void Shoppers::open_checkout(std::uint32_t slot) {
    reach(shoppers_[slot], Reached::checkout);
    if (!waits_at_till(slot)) go_through_checkout(slot);
}

void Shoppers::go_through_checkout(std::uint32_t slot) {
    Shopper& shopper = shoppers_[slot];
    renew_hold(shopper);
    const model::ChannelDesign& design = world_.channels->design(shopper.channel);
    const Duration checkout = time(shopper, persona(shopper).checkout_time, Purpose::checkout, 1);
    if (Commits::owns(mode(shopper)) && !shopper.in_hand) world_.commits->read(slot);
    if (mode(shopper) != ReservationMode::check_then_act || shopper.in_hand) {
        proceed(slot, Next::checkout_over, checkout);
        return;
    }
    // Read now, commit when the window closes; without a window of its own it lasts as long as the shopper takes.
    if (!look(slot)) {
        refused_everything(slot);
        return;
    }
    if (design.window.is_zero()) {
        proceed(slot, Next::checkout_over, checkout);
    } else {
        proceed(slot, Next::pay, time(shopper, design.window, Purpose::window));
    }
}

// Checks, and does not look again: what becomes of it until the order is accepted is a race.
bool Shoppers::look(std::uint32_t slot) {
    if (!check(slot)) return false;
    remember_there(slot);
    return true;
}

void Shoppers::remember_there(std::uint32_t slot) {
    if (!world_.judges) return;
    const Shopper& shopper = shoppers_[slot];
    std::vector<Quantity>& there = session(slot).there;
    there.clear();
    for (const core::OrderLine& line : shopper.basket)
        there.push_back(world_.channels->truth(shopper.channel, line.sku, shopper.method, shopper.store));
}

void Shoppers::checkout_over(std::uint32_t slot) {
    Shopper& shopper = shoppers_[slot];
    if (uniform(shopper, Purpose::decide, kComplete) >= persona(shopper).complete_checkout) {
        abandon(slot);
        return;
    }
    place(slot);
    if (mode(shopper) == ReservationMode::reserve_on_order && !shopper.in_hand) {
        ask(slot, Next::ask_hold_order);
    } else if (order_first(shopper)) {
        secure(slot);
    } else {
        await_payment(slot);
    }
}

// The shopper has done it all; only the payment and the shop's answer are missing.
void Shoppers::place(std::uint32_t slot) {
    Shopper& shopper = shoppers_[slot];
    renew_hold(shopper);
    if (shopper.in_hand) return;
    shopper.placed = true;
    shopper.deciding = Duration{0};
    if (world_.payments->order_first() || !world_.payments->at_once()) session(slot).placed = world_.now;
}

// The order comes before its payment: is it there? Where the mode reserves, nobody else has it until the payment's answer.
void Shoppers::secure(std::uint32_t slot) {
    const Shopper& shopper = shoppers_[slot];
    switch (mode(shopper)) {
        case ReservationMode::none:
            look(slot) ? await_payment(slot) : refused_everything(slot);
            break;
        case ReservationMode::reserve_on_payment:
            check(slot) ? await_payment(slot) : refused_everything(slot);
            break;
        case ReservationMode::check_then_act:
            await_payment(slot);
            break;
        case ReservationMode::reserve_on_cart:
            secure_cart(slot);
            break;
        case ReservationMode::ledger:
        case ReservationMode::reserve_on_order:
            ask(slot, Next::ask_hold_order);
            break;
        case ReservationMode::optimistic:
        case ReservationMode::row_lock:
        case ReservationMode::atomic_decrement:
        case ReservationMode::escrow:
        case ReservationMode::read_modify_write:
            commit(slot, Take::hold);
            break;
    }
}

// It has been held since it was in the cart, or was once.
void Shoppers::secure_cart(std::uint32_t slot) {
    const Shopper& shopper = shoppers_[slot];
    const model::ExpiredHold expired = world_.channels->design(shopper.channel).expired_hold;
    const bool held = shopper.hold.value != 0;
    if (held && (expired == model::ExpiredHold::accept || world_.core->ledger().lives(shopper.hold))) {
        await_payment(slot);
    } else if (held && expired == model::ExpiredHold::refuse) {
        hold_ran_out(slot);
    } else {
        ask(slot, Next::ask_hold_order);
    }
}

// It is paid, and the shop knows. Payment first: now it becomes an order, by the channel's word alone or by the core's.
void Shoppers::place_order(std::uint32_t slot) {
    Shopper& shopper = shoppers_[slot];
    if (shopper.in_hand) {
        accept(slot, Decided::on_shelf);
        return;
    }
    switch (mode(shopper)) {
        case ReservationMode::none:
            check(slot) ? accept(slot, rests_on(shopper)) : refused_everything(slot);
            break;
        case ReservationMode::check_then_act:
            accept(slot, rests_on(shopper));
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
            commit(slot, Take::allocation);
            break;
        case ReservationMode::reserve_on_cart:
        case ReservationMode::reserve_on_order:
            ask(slot, Next::ask_confirm);
            break;
    }
}

// ... and order first: what was secured then is the shopper's.
void Shoppers::settle(std::uint32_t slot) {
    const Shopper& shopper = shoppers_[slot];
    switch (mode(shopper)) {
        case ReservationMode::none:
        case ReservationMode::check_then_act:
            accept(slot, rests_on(shopper));
            break;
        case ReservationMode::reserve_on_payment:
            ask(slot, Next::ask_order);
            break;
        default:
            if (shopper.committed && shopper.hold.value == 0) {  // no node is known for any of it
                accept(slot, rests_on(shopper));
            } else {
                ask(slot, Next::ask_confirm);
            }
            break;
    }
}

Decided Shoppers::rests_on(const Shopper& shopper) const {
    const bool asks_core = world_.channels->design(shopper.channel).decides_on == model::DecidesOn::core;
    return asks_core && cut(shopper) == Cut::no ? Decided::on_record : Decided::on_view;
}

// --- the core's answers ---

void Shoppers::ask(std::uint32_t slot, Next what) {
    Shopper& shopper = shoppers_[slot];
    shopper.next = what;
    if (shopper.has_session) sessions_[slot].attempts = 0;
    if (shopper.placed) shopper.deciding = shopper.deciding - (world_.now - SimTime{0});
    if (cut(shopper) != Cut::no) {
        command_failed(slot);
    } else if (!world_.core->occupy(Ticket::Owner::shopper, slot)) {
        step(slot);
    }
}

// Until now the order waited for the core.
void Shoppers::answered(Shopper& shopper) {
    if (shopper.placed) shopper.deciding = shopper.deciding + (world_.now - SimTime{0});
}

bool Shoppers::plan_lines(std::uint32_t slot, std::span<const core::OrderLine> lines) {
    const Shopper& shopper = shoppers_[slot];
    core::RouteRequest request = world_.orders->request_for(shopper.channel, shopper.method, shopper.place, shopper.store);
    request.lines = lines;
    world_.core->plan_first(request, shopper.id, plan_);
    return plan_.outcome == core::PlanOutcome::planned;
}

// What was just planned costs more than it is worth: the whole basket is refused.
bool Shoppers::turned_down(std::uint32_t slot) {
    if (plan_.outcome != core::PlanOutcome::declined) return false;
    Shopper& shopper = shoppers_[slot];
    for (const core::OrderLine& line : shopper.basket) {
        world_.recorder->of(shopper.channel).declined_units += static_cast<std::uint64_t>(line.quantity);
        refuse(shopper, line, Refused::declined);
    }
    shopper.basket.clear();
    plan_.lines.clear();
    return true;
}

// Plans what is in the basket against the core's record; lines that no node can give are refused. True: plan_ covers the rest,
// but for lines at the end that rely on a hold of the same shopper's other session.
bool Shoppers::plan_basket(std::uint32_t slot) {
    Shopper& shopper = shoppers_[slot];
    if (shopper.has_session) {
        sessions_[slot].there.clear();  // the core looks now
        take_over(slot);
    }
    if (plan_lines(slot, shopper.basket)) return true;
    if (turned_down(slot)) return false;
    const bool may_rely = shopper.has_session && other_hold(slot).hold.value != 0;
    if (world_.live != nullptr && !may_rely && plan_anyway(slot)) return true;
    std::size_t kept = 0;
    std::vector<core::OrderLine> relied;
    for (const core::OrderLine line : shopper.basket) {
        const Quantity besides = units_of(line.sku, {shopper.basket.data(), kept});
        const core::OrderLine all{line.sku, line.quantity + besides};
        if (plan_lines(slot, {&all, 1})) {
            shopper.basket[kept++] = line;
        } else if (shopper.has_session && rely_on_other(slot, line)) {
            relied.push_back(line);
        } else {
            refuse(shopper, line, Refused::out_of_stock, besides);
        }
    }
    shopper.basket.resize(kept);
    plan_.lines.clear();
    if (kept > 0 && !plan_lines(slot, shopper.basket) && !turned_down(slot)) {
        for (const core::OrderLine& line : shopper.basket) refuse(shopper, line);
        shopper.basket.clear();
        plan_.lines.clear();
    }
    shopper.basket.insert(shopper.basket.end(), relied.begin(), relied.end());
    if (!relied.empty()) {  // each session takes the units for its own from now on
        remember_there(slot);
        if (sessions_[slot].partner != kNone) remember_there(sessions_[slot].partner);
    }
    return !shopper.basket.empty();
}

// What the plan takes from where: to be held or allocated.
void Shoppers::reserve_planned(Shopper& shopper) {
    if (world_.design.split_policy) {
        gathers_.erase(shopper.id);
        if (plan_.choice == core::SplitChoice::wait_for_transfer) gathers_[shopper.id] = plan_.gathered_at;
    }
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
    shopper.hold = HoldId{};
    if (!shopper.reserved.empty()) {
        if (world_.live != nullptr) {
            ask_again_elsewhere(slot);
            return;
        }
        shopper.hold = HoldId(++next_hold_);
        const core::Outcome outcome = world_.core->hold(shopper.hold, shopper.channel, shopper.reserved, hold_ttl(slot));
        LASTUNIT_ASSERT(outcome == core::Outcome::applied, core::name_of(outcome));
    }
    held(slot, asked);
}

void Shoppers::held(std::uint32_t slot, Next asked) { asked == Next::ask_hold_cart ? carted(slot) : await_payment(slot); }

void Shoppers::order_answer(std::uint32_t slot) {
    if (!plan_basket(slot)) {
        refused_everything(slot);
        return;
    }
    Shopper& shopper = shoppers_[slot];
    reserve_planned(shopper);
    if (!shopper.reserved.empty()) {
        if (world_.live != nullptr) {
            ask_back_end(slot);
            return;
        }
        const core::Outcome outcome = world_.core->allocate(OrderId(shopper.id), shopper.channel, shopper.reserved);
        LASTUNIT_ASSERT(outcome == core::Outcome::applied, core::name_of(outcome));
    }
    ordered(slot);
}

void Shoppers::ordered(std::uint32_t slot) {
    allocate_relied_on(slot);
    accept(slot, Decided::on_record);
}

void Shoppers::confirm_answer(std::uint32_t slot) {
    const Shopper& shopper = shoppers_[slot];
    if (shopper.hold.value == 0) {
        confirmed(slot, core::Outcome::unknown_hold);
    } else if (world_.live != nullptr) {
        ask_back_end(slot);
    } else {
        confirmed(slot, world_.core->confirm(shopper.hold, OrderId(shopper.id)));
    }
}

void Shoppers::confirmed(std::uint32_t slot, core::Outcome outcome) {
    Shopper& shopper = shoppers_[slot];
    const model::ExpiredHold expired = world_.channels->design(shopper.channel).expired_hold;
    const bool held = shopper.hold.value != 0;
    const bool relies = shopper.has_session && !sessions_[slot].relied_on.empty();
    if (outcome == core::Outcome::applied || (!held && relies)) {
        shopper.hold = HoldId{};
        allocate_relied_on(slot);
        accept(slot, Decided::on_record);
    } else if (expired == model::ExpiredHold::accept) {
        accept_unseen(slot);
    } else if (!held || expired == model::ExpiredHold::retry) {
        ask_again(slot);
    } else {
        hold_ran_out(slot);
    }
}

// What had been kept for it is gone.
void Shoppers::ask_again(std::uint32_t slot) {
    leave_hold(slot);
    shoppers_[slot].next = Next::ask_order;
    Commits::owns(mode(shoppers_[slot])) ? commit(slot, Take::allocation) : order_answer(slot);
}

// It is paid: nobody looks whether it is still there.
void Shoppers::accept_unseen(std::uint32_t slot) {
    leave_hold(slot);
    accept(slot, Decided::on_expired_hold);
}

// "Your reservation has run out": the payment goes back, and the cart is gone.
void Shoppers::hold_ran_out(std::uint32_t slot) {
    Shopper& shopper = shoppers_[slot];
    for (const core::OrderLine& line : shopper.basket) refuse(shopper, line, Refused::hold_ran_out);
    if (shopper.placed) count_decision(shopper);
    if (shopper.paid) not_ordered(shopper);
    abandon(slot);
}

}  // namespace lastunit::sim
