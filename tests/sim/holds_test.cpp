// Holds of carts and orders: renewed, kept, run out, and left behind.
#include "tests/sim/checkouts.hpp"

namespace lastunit::sim_tests {

using model::OversoldCause;
using model::UndersoldCause;

TEST_CASE("holds: the shopper's steps renew one that would run out between them") {
    Checkout slow{.web = "reservation: reserve_on_cart, decides_on: core, hold_ttl: 10min, extends_holds: true",
                  .shopper = "cart_time: 8min, checkout_time: 8min, payment_time: 8min"};
    CHECK(sell(slow).orders_accepted() == 1);
    slow.web = "reservation: reserve_on_cart, decides_on: core, hold_ttl: 10min";
    const model::Kpi ran_out = sell(slow);
    CHECK(ran_out.orders_accepted() == 0);
    CHECK(ran_out.holds_expired() == 1);
    CHECK(units_of(ran_out, UndersoldCause::held_by_dead_hold) == 1);
}

TEST_CASE("holds: a declined payment gives its units back, or keeps them from others until the hold runs out") {
    Checkout declined{
        .web = "reservation: reserve_on_order, decides_on: core, hold_ttl: 2h", .shopper = "payment_success: 0%", .later = "1"};
    const model::RunRecord released = run_watched(make(declined));
    CHECK(released.kpi().refused_units() == 0);
    CHECK(released.balance().holds_released() == 2);
    declined.web += ", on_decline: keep";
    const model::RunRecord kept = run_watched(make(declined));
    CHECK(kept.kpi().undersold_units() == 1);
    CHECK(units_of(kept.kpi(), UndersoldCause::held_by_dead_hold) == 1);
    CHECK(kept.balance().holds_released() == 0);
    CHECK(kept.balance().holds_expired() == 1);
    declined.web = "reservation: reserve_on_order, decides_on: core, hold_ttl: 10min, on_decline: keep";
    CHECK(sell(declined).refused_units() == 0);  // run out by then
}

namespace {
// Twenty whose payment fails once in two tries, and who try again after an hour; half past, sixty come for what is left.
Checkout second_tries(const std::string& web) {
    return {.stock = "20",
            .web = "reservation: reserve_on_order, decides_on: core, hold_ttl: 3h, " + web,
            .shopper = "payment_success: 50%, retry_payment: 100%, retry_payment_after: 1h",
            .early = "20",
            .later = "60"};
}
}  // namespace

TEST_CASE("holds: who pays at the second try has the unit where it was kept") {
    const model::Kpi kept = sell(second_tries("on_decline: keep"));
    CHECK(kept.oversold_units() == 0);
    CHECK(kept.orders_accepted() < 20);  // some never pay
    CHECK(kept.orders_accepted() > 10);
    CHECK(units_of(kept, UndersoldCause::held_by_dead_hold) == 0);
    CHECK(kept.cancelled_but_paid() == 0);
}

TEST_CASE("holds: who pays an order that failed long ago is asked for again, or sold what has gone") {
    const model::Kpi asked = sell(second_tries("expired_hold: refuse"));
    CHECK(asked.orders_accepted() == 20);
    CHECK(asked.oversold_units() == 0);
    const model::Kpi blind = sell(second_tries("expired_hold: accept"));
    CHECK(blind.orders_accepted() > 20);
    CHECK(blind.oversold_units() == blind.orders_accepted() - 20);
    CHECK(units_of(blind, OversoldCause::hold_expired_but_paid) == blind.oversold_units());
}

TEST_CASE("holds: the second try of a payment sells more, and none is tried without it") {
    Checkout shop{.stock = "200", .shopper = "payment_success: 50%", .early = "200"};
    const std::uint64_t once = sell(shop).orders_accepted();
    CHECK(once > 70);
    CHECK(once < 130);
    shop.shopper += ", retry_payment: 100%";
    const std::uint64_t twice = sell(shop).orders_accepted();
    CHECK(twice > once + 30);
    CHECK(twice < 180);
}

TEST_CASE("holds: one that runs out while the payment is under way is refused, asked for again, or honoured") {
    Checkout slow{.web = "reservation: reserve_on_order, decides_on: core, hold_ttl: 10min, expired_hold: refuse",
                  .shopper = "payment_time: 1h"};
    CHECK(sell(slow).orders_accepted() == 0);
    slow.web = "reservation: reserve_on_order, decides_on: core, hold_ttl: 10min, expired_hold: retry";
    CHECK(sell(slow).orders_accepted() == 1);
    slow.later = "1";  // holds it at half past, until its own runs out
    const model::Kpi retried = sell(slow);
    CHECK(retried.orders_accepted() == 1);
    CHECK(retried.oversold_units() == 0);
    slow.web = "reservation: reserve_on_order, decides_on: core, hold_ttl: 10min, expired_hold: accept";
    const model::Kpi accepted = sell(slow);
    CHECK(accepted.orders_accepted() == 2);
    CHECK(units_of(accepted, OversoldCause::hold_expired_but_paid) == 1);
}

TEST_CASE("holds: a cart left behind hides its units until the hold runs out") {
    Checkout left{
        .web = "reservation: reserve_on_cart, decides_on: core, hold_ttl: 2h", .shopper = "reach_checkout: 0%", .later = "1"};
    const model::Kpi kpi = sell(left);
    CHECK(kpi.undersold_units() == 1);
    CHECK(units_of(kpi, UndersoldCause::held_by_dead_hold) == 1);
    left.web = "reservation: reserve_on_cart, decides_on: core, hold_ttl: 20min";
    CHECK(sell(left).undersold_units() == 0);
}

// --- bots ---

namespace {
const char* const kBots = "faults: {scalpers: {kind: bots, at: 0s, lasts: 20min, channels: [web], carts: 1/min}}\n";
}

TEST_CASE("bots: hold what they fill their carts with, and nobody counts them") {
    Checkout shop{
        .stock = "5", .web = "reservation: reserve_on_cart, decides_on: core, hold_ttl: 1h", .early = "1", .later = "8"};
    const model::RunRecord alone = run_watched(make(shop));
    shop.more = kBots;
    const model::RunRecord beset = run_watched(make(shop));
    CHECK(alone.kpi().orders_accepted() == 5);
    CHECK(beset.kpi().shoppers() == 9);
    CHECK(beset.funnel().arrived() == 9);
    CHECK(beset.identity().shoppers_fingerprint() == alone.identity().shoppers_fingerprint());
    CHECK(beset.kpi().orders_accepted() < 5);
    CHECK(beset.kpi().abandoned_carts() == 0);
    CHECK(beset.kpi().refused_units() == 9 - beset.kpi().orders_accepted());
    CHECK(beset.kpi().undersold_units() > 0);
    CHECK(units_of(beset.kpi(), UndersoldCause::held_by_dead_hold) == beset.kpi().undersold_units());
    CHECK(beset.balance().holds_expired() == beset.balance().holds_taken() - beset.balance().holds_confirmed());
}

TEST_CASE("bots: do no harm where a cart holds nothing") {
    const Checkout shop{.stock = "5", .early = "1", .later = "8", .more = kBots};
    const model::Kpi kpi = sell(shop);
    CHECK(kpi.orders_accepted() == 5);
    CHECK(kpi.undersold_units() == 0);
}

TEST_CASE("bots: where orders come first they hold until the order is given up") {
    Checkout shop{
        .stock = "5", .payment = "flow: order_first, cancel_unpaid_after: 2h", .early = "1", .later = "8", .more = kBots};
    const model::RunRecord beset = run_watched(make(shop));
    CHECK(beset.kpi().orders_accepted() < 5);
    CHECK(units_of(beset.kpi(), UndersoldCause::held_by_dead_hold) == beset.kpi().undersold_units());
    CHECK(beset.kpi().cancelled_but_paid() == 0);
    CHECK(beset.balance().holds_live() == 0);
    shop.payment = "flow: order_first, cancel_unpaid_after: 5min";
    CHECK(sell(shop).orders_accepted() == 5);
}

TEST_CASE("holds: of an order that waits for its payment last as long as it does, whatever a cart's would") {
    const Checkout late{.web = "reservation: ledger, decides_on: core, hold_ttl: 1min, extends_holds: true, expired_hold: refuse",
                        .payment = "flow: order_first, webhook: 20min, cancel_unpaid_after: 1h"};
    const model::RunRecord record = run_watched(make(late));
    CHECK(record.kpi().orders_accepted() == 1);
    CHECK(record.balance().holds_expired() == 0);
    CHECK(record.balance().holds_confirmed() == 1);
}

}  // namespace lastunit::sim_tests
