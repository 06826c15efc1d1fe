// The steps of a shopper's journey after arrival. Each function is one step: it looks, decides, and schedules the next.
#include <algorithm>

#include "core/assert.hpp"
#include "sim/causes.hpp"
#include "sim/channels.hpp"
#include "sim/core_system.hpp"
#include "sim/desks.hpp"
#include "sim/probe.hpp"
#include "sim/recorder.hpp"
#include "sim/shoppers.hpp"

namespace lastunit::sim {

using core::Method;
using model::Purpose;
using model::ReservationMode;

namespace {
// Salts of the draws of one visit: each decision has its own number, whatever else is decided. Fingerprints depend on them.
enum Salt : std::uint32_t {
    kAdd = 0,
    kReach,
    kComplete,
    kRebuild = 4,
    kElsewhere,
    kSubstitute,
    kEndless,
    kSwitchAfterBrowse,
    kSwitchAfterCart,
    kTravel
};
}  // namespace

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
        case Next::ask_hold_cart:
        case Next::ask_hold_order:
            hold_answer(slot, shoppers_[slot].next);
            break;
        case Next::ask_order:
            order_answer(slot);
            break;
        case Next::ask_confirm:
            confirm_answer(slot);
            break;
    }
}

void Shoppers::reach(Shopper& shopper, Reached stage) {
    while (shopper.reached < stage) {
        shopper.reached = static_cast<Reached>(static_cast<std::uint8_t>(shopper.reached) + 1);
        ++world_.recorder->funnel[static_cast<std::size_t>(shopper.reached)];
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
    if (shopper.came_from == shopper.channel) return;
    world_.recorder->switched(shopper.came_from, shopper.channel);
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

// Keeps the lines that the channel shows as available; the others are refused. False when nothing is left.
bool Shoppers::check(std::uint32_t slot) {
    Shopper& shopper = shoppers_[slot];
    shopper.seeking = false;
    std::size_t kept = 0;
    for (const core::OrderLine line : shopper.basket) {
        if (world_.channels->shown(shopper.channel, line.sku, shopper.method, shopper.store) >= line.quantity) {
            shopper.basket[kept++] = line;
        } else {
            refuse(shopper, line);
        }
    }
    shopper.basket.resize(kept);
    if (kept > 0) reach(shopper, Reached::saw_available);
    return kept > 0;
}

// A refusal is undersold where the line could have been served whole, as it was asked for.
void Shoppers::refuse(Shopper& shopper, const core::OrderLine& line, Because why) {
    const Quantity there =
        world_.judges ? world_.channels->truth(shopper.channel, line.sku, shopper.method, shopper.store) : 0;
    const Quantity undersold = there >= line.quantity ? line.quantity : 0;
    Counters& counters = world_.recorder->of(shopper.channel);
    counters.refused_units += static_cast<std::uint64_t>(line.quantity);
    counters.undersold_units += static_cast<std::uint64_t>(undersold);
    if (undersold > 0) {
        const Refused reason = why == Because::hold_ran_out  ? Refused::hold_ran_out
                               : why == Because::unreachable ? Refused::unreachable
                                                             : Refused::out_of_stock;
        counters.undersold_by(world_.causes->undersold(shopper.channel, line.sku, shopper.method, shopper.store, line.quantity,
                                                       reason)) += static_cast<std::uint64_t>(undersold);
    }
    world_.recorder->step().refused += static_cast<std::uint32_t>(line.quantity);
    world_.recorder->step().undersold += static_cast<std::uint32_t>(undersold);
    if (world_.probe != nullptr && why == Because::out_of_stock)
        world_.probe->refused(world_.now, shopper.channel, line.sku, line.quantity, undersold);
    world_.channels->note_age(shopper.channel, line.sku, shopper.method, shopper.store);
    shopper.refused_by = shopper.channel;
    if (would_buy(shopper)) shopper.refused.push_back(line);
}

// Whether this visit would have ended with a purchase: a sale is lost only where there would have been one. The draws are those
// that the later steps of the visit use.
bool Shoppers::would_buy(const Shopper& shopper) const {
    const model::Persona& who = persona(shopper);
    return uniform(shopper, Purpose::decide, kReach) < who.reach_checkout &&
           uniform(shopper, Purpose::decide, kComplete) < who.complete_checkout &&
           uniform(shopper, Purpose::payment) < who.payment_success;
}

// What a shopper does who got nothing: take something else, have it ordered from the store's shelf edge, look elsewhere, or
// leave.
void Shoppers::refused_everything(std::uint32_t slot) {
    Shopper& shopper = shoppers_[slot];
    const model::Persona& who = persona(shopper);
    shopper.hold = HoldId{};  // whatever was reserved has run out or was refused
    shopper.reserved.clear();
    if (shopper.retries >= kMaxRetries || shopper.refused.empty()) {
        leave(slot);
        return;
    }
    ++shopper.retries;
    if (uniform(shopper, Purpose::substitute, kSubstitute) < who.substitute && substitute(shopper)) {
        into_cart(slot);
        return;
    }
    const bool at_shelf = world_.scenario.channels[shopper.channel.value].kind == model::ChannelKind::pos;
    if (at_shelf && !kiosks_.empty() && uniform(shopper, Purpose::decide, kEndless) < who.endless_aisle) {
        shopper.endless_aisle = true;
        seek(slot, ChannelId(kiosks_.front()));
        return;
    }
    if (const ChannelId to = elsewhere(shopper); to != shopper.channel) {
        seek(slot, to);
    } else {
        leave(slot);
    }
}

// The other channel in which a shopper looks who got nothing here; this one: in none.
ChannelId Shoppers::elsewhere(const Shopper& shopper) const {
    const model::Persona& who = persona(shopper);
    if (uniform(shopper, Purpose::decide, kElsewhere) >= who.retry_elsewhere) return shopper.channel;
    const ChannelId to = next_channel(shopper, kElsewhere);
    if (to != shopper.channel) return to;
    return ChannelId(static_cast<std::uint8_t>(who.entry_choice(uniform(shopper, Purpose::switch_channel, kSubstitute))));
}

// What was refused is looked for in another channel.
void Shoppers::seek(std::uint32_t slot, ChannelId to) {
    Shopper& shopper = shoppers_[slot];
    shopper.basket.swap(shopper.refused);
    shopper.refused.clear();
    shopper.seeking = true;
    enter(slot, to, Next::in_new_channel);
}

// Another SKU in place of the first refused one, if the channel shows it.
bool Shoppers::substitute(Shopper& shopper) {
    const core::OrderLine other{world_.scenario.catalogue.draw(uniform(shopper, Purpose::substitute)),
                                shopper.refused.front().quantity};
    if (world_.channels->shown(shopper.channel, other.sku, shopper.method, shopper.store) < other.quantity) return false;
    shopper.basket.push_back(other);
    shopper.refused.erase(shopper.refused.begin());
    return true;
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
    proceed(slot, Next::cart_over, time(shopper, persona(shopper).cart_time, Purpose::checkout, 0));
}

// The first to have a unit in hand has it, whoever else was promised it.
void Shoppers::take_from_shelf(Shopper& shopper) {
    shopper.conflicts.clear();
    shopper.displaced.clear();
    for (const core::OrderLine& line : shopper.basket) {
        TruthCell& cell = world_.truth.cell(shopper.store, line.sku);
        world_.truth.take_from_shelf(shopper.store, line.sku, line.quantity);
        cell.in_hand += line.quantity;
        shopper.conflicts.push_back(world_.orders->make_room(shopper.store, line.sku, shopper.displaced));
    }
    shopper.in_hand = true;
}

void Shoppers::put_back(Shopper& shopper) {
    if (!shopper.in_hand) return;
    for (const core::OrderLine& line : shopper.basket) {
        world_.truth.put_on_shelf(shopper.store, line.sku, line.quantity);
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
            if (world_.design.shared_carts && shopper.hold.value != 0) world_.core->release(shopper.hold);
            shopper.hold = HoldId{};
            shopper.reserved.clear();
            if (!world_.design.shared_carts) {
                ++world_.recorder->of(shopper.channel).carts_lost;
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

// --- checkout and payment ---

void Shoppers::open_checkout(std::uint32_t slot) {
    Shopper& shopper = shoppers_[slot];
    reach(shopper, Reached::checkout);
    const model::ChannelDesign& design = world_.channels->design(shopper.channel);
    const Duration checkout = time(shopper, persona(shopper).checkout_time, Purpose::checkout, 1);
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
        case ReservationMode::optimistic:
        case ReservationMode::row_lock:
        case ReservationMode::atomic_decrement:
        case ReservationMode::escrow:
        case ReservationMode::read_modify_write:
            ask(slot, Next::ask_order);
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
        request.lines = {&line, 1};
        world_.core->plan(request, plan_);
        if (plan_.outcome == core::PlanOutcome::planned) {
            shopper.basket[kept++] = line;
        } else {
            refuse(shopper, line);
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

// --- the end of a journey ---

void Shoppers::accept(std::uint32_t slot) {
    Shopper& shopper = shoppers_[slot];
    Promise promise;
    promise.id = shopper.id;
    promise.channel = shopper.channel;
    promise.method = shopper.method;
    promise.persona = shopper.persona;
    promise.place = shopper.place;
    promise.store = shopper.store;
    promise.conflicts = shopper.conflicts;
    shopper.in_hand = false;
    // Where the core has it already, its own messages lower the view.
    lowered_.clear();
    for (const core::OrderLine& line : shopper.basket) {
        world_.channels->note_age(shopper.channel, line.sku, shopper.method, shopper.store);
        if (shopper.reserved.empty())
            lowered_.push_back(world_.channels->deduct_own_sale(shopper.channel, line, shopper.method, shopper.store));
    }
    promise.lowered = lowered_;
    reach(shopper, Reached::paid);
    count_journey(shopper);
    world_.orders->accept(promise, shopper.basket, shopper.reserved);
    ++bought_;
    Counters& first = world_.recorder->of(shopper.first_channel);
    ++first.shoppers_bought;
    if (shopper.ever_switched) ++first.switched_bought;
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
    ++world_.recorder->of(shopper.channel).abandoned_carts;
    leave(slot);
}

void Shoppers::leave(std::uint32_t slot) {
    ++left_;
    end(slot);
}

void Shoppers::end(std::uint32_t slot) {
    const Shopper& shopper = shoppers_[slot];
    // Who was still looking for what had been refused does not get it any more.
    Counters& counters = world_.recorder->of(shopper.refused_by);
    for (const core::OrderLine& line : shopper.refused) counters.lost_units += static_cast<std::uint64_t>(line.quantity);
    if (shopper.seeking)
        for (const core::OrderLine& line : shopper.basket) counters.lost_units += static_cast<std::uint64_t>(line.quantity);
    if ((shopper.touched & (shopper.touched - 1)) != 0) ++world_.recorder->of(shopper.first_channel).integrated;
    shoppers_.give_back(slot);
}

}  // namespace lastunit::sim
