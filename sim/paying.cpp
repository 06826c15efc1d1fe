// The payment of an order: made, declined, heard of by the shop, or given up.
#include "sim/channels.hpp"
#include "sim/core_system.hpp"
#include "sim/journey_salts.hpp"
#include "sim/shoppers.hpp"

namespace lastunit::sim {

using model::Purpose;

void Shoppers::await_payment(std::uint32_t slot) {
    Shopper& shopper = shoppers_[slot];
    reach(shopper, Reached::placed);
    const Duration payment = time(shopper, persona(shopper).payment_time, Purpose::payment, kPaymentTime);
    shopper.role == Role::bot ? bot_rests(slot) : wait_for(slot, Next::pay, world_.now + payment);
}

// What comes next, unless the order is given up before. A payment that comes first cannot be too late, only its news.
void Shoppers::wait_for(std::uint32_t slot, Next what, SimTime at) {
    const Shopper& shopper = shoppers_[slot];
    const bool may_be_given_up = order_first(shopper) || (what == Next::heard_of_payment && !shopper.in_hand);
    if (may_be_given_up && !given_up(slot)) {
        Session& waiting = session(slot);
        const SimTime end = std::max(world_.now, world_.payments->given_up(waiting.placed));
        if (end < at) {
            waiting.then = what;
            waiting.then_at = at;
            proceed(slot, Next::give_up, end - world_.now);
            return;
        }
    }
    if (at == kNever) {
        nobody_hears(slot);
    } else {
        proceed(slot, what, at - world_.now);
    }
}

void Shoppers::pay(std::uint32_t slot) {
    Shopper& shopper = shoppers_[slot];
    // A window of its own stands for the whole checkout: who does not complete it leaves here.
    const bool whole_checkout = shopper.reached < Reached::placed;
    if (whole_checkout && uniform(shopper, Purpose::decide, kComplete) >= persona(shopper).complete_checkout) {
        abandon(slot);
        return;
    }
    shopper.placed ? renew_hold(shopper) : place(slot);
    if (shopper.role == Role::bot) {
        bot_rests(slot);
        return;
    }
    const std::uint32_t salt = shopper.retried_payment ? kSecondPayment : kPayment;
    uniform(shopper, Purpose::payment, salt) < persona(shopper).payment_success ? paid(slot) : declined(slot);
}

void Shoppers::declined(std::uint32_t slot) {
    Shopper& shopper = shoppers_[slot];
    const model::Persona& who = persona(shopper);
    if (world_.channels->design(shopper.channel).on_decline == model::OnDecline::release) drop_hold(slot);
    const bool tries_again = !shopper.retried_payment && who.retry_payment > 0 &&
                             uniform(shopper, Purpose::payment, kRetriesPayment) < who.retry_payment;
    if (!tries_again && shopper.committed) {  // a counter or quota keeps it as long as the order lives
        world_.core->goes_dead(shopper.hold, shopper.reserved);
        wait_for(slot, Next::pay, kNever);
        return;
    }
    if (!tries_again) {
        abandon(slot);
        return;
    }
    shopper.retried_payment = true;
    const Duration later = time(shopper, who.retry_payment_after, Purpose::payment, kRetryAfter) +
                           time(shopper, who.payment_time, Purpose::payment, kSecondPaymentTime);
    wait_for(slot, Next::pay, world_.now + later);
}

// The provider has the money. At a till the shop sees it.
void Shoppers::paid(std::uint32_t slot) {
    Shopper& shopper = shoppers_[slot];
    shopper.paid = true;
    if (shopper.in_hand || world_.payments->at_once()) {
        heard_of_payment(slot);
        return;
    }
    Session& waiting = session(slot);
    if (!world_.payments->order_first()) waiting.placed = world_.now;
    const std::uint32_t draws = shopper.visits * 16U + (shopper.retried_payment ? 4U : 0U);
    const Payments::News news = world_.payments->succeeded(shopper.id, draws, waiting.placed);
    waiting.told_again = news.again;
    wait_for(slot, Next::heard_of_payment, news.heard);
}

void Shoppers::heard_of_payment(std::uint32_t slot) {
    if (given_up(slot)) {
        heard_too_late(slot);
    } else if (order_first(shoppers_[slot])) {
        settle(slot);
    } else {
        place_order(slot);
    }
}

// Nobody has told the shop that it is paid: what it keeps for it is free again.
void Shoppers::give_up(std::uint32_t slot) {
    Shopper& shopper = shoppers_[slot];
    Session& waiting = sessions_[slot];
    waiting.given_up = true;
    if (shopper.paid && order_first(shopper)) ++world_.recorder->of(shopper.channel).cancelled_but_paid;
    drop_hold(slot);
    wait_for(slot, waiting.then, waiting.then_at);
}

// The news comes after all. The order may be revived, as one whose hold ran out.
void Shoppers::heard_too_late(std::uint32_t slot) {
    switch (world_.channels->design(shoppers_[slot].channel).expired_hold) {
        case model::ExpiredHold::refuse:
            hold_ran_out(slot);
            break;
        case model::ExpiredHold::retry:
            place_order(slot);
            break;
        case model::ExpiredHold::accept:
            accept_unseen(slot);
            break;
    }
}

// Given up for good. Who has paid is charged all the same: the shop cannot give back what it does not know of.
void Shoppers::nobody_hears(std::uint32_t slot) {
    Shopper& shopper = shoppers_[slot];
    if (!shopper.paid) {
        abandon(slot);
        return;
    }
    ++world_.recorder->of(shopper.channel).paid_not_ordered;
    shopper.paid = false;
    shopper.basket.clear();
    leave(slot);
}

// Paid, and refused.
void Shoppers::not_ordered(Shopper& shopper) {
    if (!world_.payments->refunds()) ++world_.recorder->of(shopper.channel).paid_not_ordered;
    shopper.paid = false;
}

// The order of this visit is over.
void Shoppers::forget_order(std::uint32_t slot) {
    Session& session = sessions_[slot];
    session.there.clear();
    session.relied_on.clear();
    session.given_up = false;
    session.told_again = {kNever, kNever};
}

// It never pays: what the core holds for it is missing to others until that runs out, or the order is given up.
void Shoppers::bot_rests(std::uint32_t slot) {
    const Shopper& shopper = shoppers_[slot];
    world_.core->goes_dead(shopper.hold, shopper.reserved);
    if (order_first(shopper)) {
        wait_for(slot, Next::pay, kNever);
    } else {
        abandon(slot);
    }
}

void Shoppers::count_decision(Shopper& shopper) {
    shopper.placed = false;
    if (shopper.role != Role::bot) world_.recorder->of(shopper.channel).decision.add(shopper.deciding);
}

}  // namespace lastunit::sim
