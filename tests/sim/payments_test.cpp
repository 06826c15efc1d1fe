// When the order exists, and how the shop hears that it is paid: each option at both of its ends.
#include "tests/sim/checkouts.hpp"

namespace lastunit::sim_tests {

using model::OversoldCause;
using model::UndersoldCause;

TEST_CASE("payments: ask for nothing where the answer is there at once") {
    const model::Kpi kpi = sell({.stock = "10", .shopper = "payment_time: 5min", .early = "10"});
    CHECK(kpi.orders_accepted() == 10);
    CHECK(kpi.paid_not_ordered() == 0);
    CHECK(kpi.cancelled_but_paid() == 0);
    CHECK(kpi.decision_s().count() == 10);
    CHECK(kpi.decision_s().max() == 0);
}

TEST_CASE("payments: a late webhook makes a late order, and whoever is faster has the unit") {
    const Checkout slow{.payment = "webhook: 40min", .later = "1"};
    const model::RunRecord record = run_watched(make(slow));
    CHECK(record.kpi().orders_accepted() == 1);
    CHECK(record.kpi().refused_units() == 1);
    CHECK(record.kpi().oversold_units() == 0);
    CHECK(record.kpi().paid_not_ordered() == 0);
}

TEST_CASE("payments: a lost webhook charges for nothing, unless the shop asks") {
    Checkout lost{.stock = "10", .payment = "webhook: 1s, webhook_lost: 100%", .early = "10"};
    const model::Kpi silent = sell(lost);
    CHECK(silent.orders_accepted() == 0);
    CHECK(silent.paid_not_ordered() == 10);
    CHECK(silent.cancelled_but_paid() == 0);
    lost.payment += ", ask_every: 10min";
    const model::Kpi asks = sell(lost);
    CHECK(asks.orders_accepted() == 10);
    CHECK(asks.paid_not_ordered() == 0);
}

TEST_CASE("payments: an order placed before is given up although it is paid, unless the shop asks in time") {
    Checkout lost{.stock = "10", .payment = "flow: order_first, webhook: 1s, webhook_lost: 100%", .early = "10"};
    const model::RunRecord record = run_watched(make(lost));
    CHECK(record.kpi().orders_accepted() == 0);
    CHECK(record.kpi().cancelled_but_paid() == 10);
    CHECK(record.kpi().paid_not_ordered() == 10);
    CHECK(record.balance().holds_taken() == 10);
    CHECK(record.balance().holds_live() == 0);
    lost.payment += ", ask_every: 10min";
    CHECK(sell(lost).orders_accepted() == 10);
    lost.payment += ", cancel_unpaid_after: 5min";
    CHECK(sell(lost).cancelled_but_paid() == 10);
}

TEST_CASE("payments: a repeated webhook books the sale twice, unless it is idempotent") {
    Checkout twice{
        .stock = "30", .payment = "webhook: 1s, webhook_repeated: 100%, repeated_after: 1min, idempotent: false", .early = "10"};
    const model::Kpi booked = sell(twice);
    CHECK(booked.orders_accepted() == 10);
    CHECK(booked.sales_booked_twice() == 10);
    CHECK(booked.record_shortage_units() == 10);
    twice.payment = "webhook: 1s, webhook_repeated: 100%, repeated_after: 1min";
    const model::Kpi once = sell(twice);
    CHECK(once.sales_booked_twice() == 0);
    CHECK(once.record_shortage_units() == 0);
}

TEST_CASE("payments: what was booked twice is missing to others for nothing") {
    const Checkout twice{
        .stock = "10", .payment = "webhook_repeated: 100%, repeated_after: 1min, idempotent: false", .early = "5", .later = "5"};
    const model::Kpi kpi = sell(twice);
    CHECK(kpi.orders_accepted() == 5);
    CHECK(kpi.undersold_units() == 5);
    CHECK(units_of(kpi, UndersoldCause::phantom_shortage) == 5);
}

TEST_CASE("payments: the news that comes after the shop has asked is a repeated one") {
    const Checkout late{.stock = "10", .payment = "webhook: 30min, ask_every: 10min, idempotent: false", .early = "4"};
    CHECK(sell(late).sales_booked_twice() == 4);
}

TEST_CASE("payments: an order that comes first keeps its unit until the payment's answer") {
    Checkout two{.payment = "flow: order_first", .shopper = "payment_time: 50min", .later = "1"};
    const model::Kpi held = sell(two);
    CHECK(held.orders_accepted() == 1);
    CHECK(held.refused_units() == 1);
    CHECK(held.oversold_units() == 0);
    two.shopper += ", payment_success: 0%";  // both may try: the first gives back what it took
    CHECK(sell(two).orders_accepted() == 0);
}

TEST_CASE("payments: who only looks before the payment sells twice, and it is a race") {
    Checkout two{.web = "reservation: none, decides_on: core",
                 .payment = "flow: order_first",
                 .shopper = "payment_time: 50min",
                 .later = "1"};
    const model::Kpi raced = sell(two);
    CHECK(raced.orders_accepted() == 2);
    CHECK(raced.oversold_units() == 1);
    CHECK(units_of(raced, OversoldCause::race) == 1);
    two.payment = "";  // looks when it is paid
    CHECK(sell(two).oversold_units() == 0);
}

TEST_CASE("payments: paid and refused is paid for nothing where nobody refunds") {
    Checkout two{.web = "reservation: reserve_on_payment, decides_on: core",
                 .payment = "flow: order_first",
                 .shopper = "payment_time: 50min",
                 .later = "1"};
    const model::Kpi refunded = sell(two);
    CHECK(refunded.orders_accepted() == 1);
    CHECK(refunded.refused_units() == 1);
    CHECK(refunded.paid_not_ordered() == 0);
    two.payment += ", refunds: false";
    CHECK(sell(two).paid_not_ordered() == 1);
    two.web = "reservation: ledger, decides_on: core";  // refused before it is paid
    CHECK(sell(two).paid_not_ordered() == 0);
}

TEST_CASE("payments: a payment that comes after the order was given up is as one whose hold ran out") {
    // The first is paid at 20min and known to be at 55min; given up at 25min, its unit goes to the one who comes at 30min.
    Checkout late{.web = "reservation: ledger, decides_on: core, expired_hold: refuse",
                  .payment = "flow: order_first, webhook: 35min, ask_every: 0s, cancel_unpaid_after: 25min",
                  .shopper = "payment_time: 20min",
                  .later = "0"};
    const model::Kpi refused = sell(late);
    CHECK(refused.orders_accepted() == 0);
    CHECK(refused.cancelled_but_paid() == 1);
    CHECK(refused.paid_not_ordered() == 0);
    late.payment += ", refunds: false";
    CHECK(sell(late).paid_not_ordered() == 1);
    late.web = "reservation: ledger, decides_on: core, expired_hold: retry";
    const model::Kpi retried = sell(late);
    CHECK(retried.orders_accepted() == 1);
    CHECK(retried.oversold_units() == 0);
    late.web = "reservation: ledger, decides_on: core, expired_hold: accept";
    late.later = "1";  // also given up, and accepted all the same, when the unit has gone
    const model::Kpi accepted = sell(late);
    CHECK(accepted.orders_accepted() == 2);
    CHECK(accepted.oversold_units() == 1);
    CHECK(units_of(accepted, OversoldCause::hold_expired_but_paid) == 1);
}

TEST_CASE("payments: who pays after the order was given up finds it gone") {
    Checkout slow{.payment = "flow: order_first, cancel_unpaid_after: 1h", .shopper = "payment_time: 2h"};
    const model::Kpi refused = sell(slow);
    CHECK(refused.orders_accepted() == 0);
    CHECK(refused.cancelled_but_paid() == 0);  // it was not, then
    slow.web = "reservation: ledger, decides_on: core, expired_hold: retry";
    CHECK(sell(slow).orders_accepted() == 1);
    slow.payment = "cancel_unpaid_after: 1h";  // payment first: there is no order to give up
    slow.web = "reservation: ledger, decides_on: core";
    CHECK(sell(slow).orders_accepted() == 1);
}

TEST_CASE("payments: the decision takes as long as the core, however long the payment") {
    Checkout busy{
        .stock = "5", .shopper = "payment_time: 50min", .design = "  core: {host: oms, service: 2s}\n  hosts: {oms: {}}\n"};
    const model::Kpi paid_first = sell(busy);
    CHECK(paid_first.decision_s().count() == 1);
    CHECK(paid_first.decision_s().max() == Approx(2).margin(0.01));
    busy.payment = "flow: order_first";  // held, then confirmed
    CHECK(sell(busy).decision_s().max() == Approx(4).margin(0.01));
}

TEST_CASE("payments: what is looked at once and sold later is a race") {
    const Checkout two{.web = "reservation: check_then_act, decides_on: core, window: 5min", .early = "2"};
    const model::Kpi kpi = sell(two);
    CHECK(kpi.orders_accepted() == 2);
    CHECK(kpi.oversold_units() == 1);
    CHECK(units_of(kpi, OversoldCause::race) == 1);
}

// --- modes that commit in their own way ---

namespace {
const char* const kCommits[] = {"optimistic", "row_lock", "atomic_decrement", "escrow"};

std::string quotas_of(const std::string& mode) { return mode == "escrow" ? "  pools: {shares: {web: 100%}}\n" : ""; }
}  // namespace

TEST_CASE("payments: every mode that takes something keeps it for the order that comes first") {
    for (const char* const mode : kCommits) {
        INFO(mode);
        Checkout two{.web = std::string("decides_on: core, reservation: ") + mode,
                     .payment = "flow: order_first",
                     .shopper = "payment_time: 50min",
                     .later = "1",
                     .design = quotas_of(mode)};
        const model::Kpi held = sell(two);
        CHECK(held.orders_accepted() == 1);
        CHECK(held.oversold_units() == 0);
        CHECK(held.refused_units() == 1);
        two.payment += ", cancel_unpaid_after: 20min";  // given up before it is paid
        const model::RunRecord given_up = run_watched(make(two));
        CHECK(given_up.kpi().orders_accepted() == 0);
        CHECK(given_up.kpi().refused_units() == 2);  // both, at the payment
        CHECK(given_up.balance().holds_live() == 0);
        two.web += ", expired_hold: retry";
        CHECK(sell(two).orders_accepted() == 1);
    }
}

TEST_CASE("payments: what a declined payment gives back may be sold to the next") {
    for (const char* const mode : kCommits) {
        for (const char* const on_decline : {"release", "keep"}) {
            INFO(mode << ", " << on_decline);
            Checkout declined{.web = std::string("decides_on: core, reservation: ") + mode + ", on_decline: " + on_decline,
                              .payment = "flow: order_first, cancel_unpaid_after: 2h",
                              .shopper = "payment_success: 0%",
                              .later = "1",
                              .design = quotas_of(mode)};
            const bool released = std::string(on_decline) == "release";
            const model::RunRecord record = run_watched(make(declined));
            CHECK(record.kpi().refused_units() == (released ? 0 : 1));
            CHECK(record.balance().shoppers_left() == 2);
            CHECK(record.balance().holds_live() == 0);
            declined.payment = "flow: order_first, cancel_unpaid_after: 10min";
            CHECK(sell(declined).refused_units() == 0);
        }
    }
}

}  // namespace lastunit::sim_tests
