// A channel that cannot reach the core: turns shoppers away, or sells what it last saw.
#include "tests/sim/checkouts.hpp"

namespace lastunit::sim_tests {

using model::OversoldCause;
using model::UndersoldCause;

namespace {

// Ten come at half past for five units, and the core cannot be reached from ten past to fifty past.
Checkout cut_shop(const std::string& web, const std::string& cut_off) {
    return {.stock = "5",
            .web = web,
            .early = "0",
            .later = "10",
            .design = "  cancel_after: 2h\n  retry_every: 10min\n  cut_off: " + cut_off + "\n",
            .more = "faults: {cut: {kind: partition, at: 10min, lasts: 40min, channels: [web]}}\n"};
}

const char* const kModes[] = {"reservation: ledger, decides_on: core", "reservation: none, decides_on: core",
                              "reservation: reserve_on_cart, hold_ttl: 1h, decides_on: core",
                              "reservation: reserve_on_order, hold_ttl: 1h, decides_on: core",
                              "reservation: reserve_on_payment, decides_on: core"};

}  // namespace

TEST_CASE("cut off: refuses everybody, and none of it is out of stock") {
    for (const char* const mode : kModes) {
        INFO(mode);
        const model::Kpi kpi = sell(cut_shop(mode, "refuse"));
        CHECK(kpi.orders_accepted() == 0);
        CHECK(kpi.unreachable_refusals() == 10);
        CHECK(kpi.refused_units() == 10);
        CHECK(units_of(kpi, UndersoldCause::node_closed) == kpi.undersold_units());
        CHECK(kpi.undersold_units() == 10);
    }
}

TEST_CASE("cut off: sells on what it last saw, and the core hears of it afterwards") {
    for (const char* const mode : kModes) {
        INFO(mode);
        const model::RunRecord record = run_watched(make(cut_shop(mode, "sell_on_view")));
        CHECK(record.kpi().orders_accepted() == 10);
        CHECK(record.kpi().oversold_units() == 5);
        CHECK(units_of(record.kpi(), OversoldCause::stale_view) == 5);
        CHECK(record.kpi().unreachable_refusals() == 0);
        CHECK(record.kpi().cancelled_units() == 5);
        CHECK(record.kpi().shipped_units() == 5);
        CHECK(record.balance().holds_taken() == 0);
    }
}

TEST_CASE("cut off: a channel that can ask again asks again") {
    for (const char* const cut_off : {"refuse", "sell_on_view"}) {
        Checkout after = cut_shop("reservation: ledger, decides_on: core", cut_off);
        after.more = "faults: {cut: {kind: partition, at: 10min, lasts: 10min, channels: [web]}}\n";
        const model::Kpi kpi = sell(after);
        CHECK(kpi.orders_accepted() == 5);
        CHECK(kpi.oversold_units() == 0);
        CHECK(kpi.unreachable_refusals() == 0);
    }
}

TEST_CASE("cut off: paid and not asked for is paid for nothing where nobody refunds") {
    Checkout cut = cut_shop("reservation: ledger, decides_on: view", "refuse");
    cut.payment = "refunds: false";
    CHECK(sell(cut).paid_not_ordered() == 10);
    cut.payment = "";
    CHECK(sell(cut).paid_not_ordered() == 0);
}

TEST_CASE("cut off: a commit that has waited does not get through to a core that it reaches no more") {
    for (const char* const fault : {"kind: partition, channels: [web]", "kind: host_crash"}) {
        INFO(fault);
        const std::string cut = "faults: {cut: {" + std::string(fault) + ", at: 10min, lasts: 2h}}\n";
        const model::Kpi locked = sell({.stock = "5",
                                        .web = "reservation: row_lock, decides_on: core, lock_time: 20min, lock_timeout: 1h",
                                        .early = "2",
                                        .more = cut});
        CHECK(locked.orders_accepted() == 0);
        CHECK(locked.unreachable_refusals() == 2);
        CHECK(locked.lock_timeouts() == 0);
        const model::Kpi retries = sell({.stock = "5",
                                         .web = "reservation: optimistic, decides_on: core, attempts: 2, retry_after: 20min",
                                         .shopper = "checkout_time: 5min",
                                         .early = "2",
                                         .more = cut});
        CHECK(retries.conflicts() == 1);
        CHECK(retries.orders_accepted() == 1);
        CHECK(retries.unreachable_refusals() == 1);
    }
}

namespace {
const char* const kApp = "channels: {app: {kind: app}}\n";
}

TEST_CASE("cut off: what a channel gives up stays held until the core hears of it") {
    // Declined at twenty past, between ten past and fifty past cut off; the app's shoppers come at half past and an hour later.
    const model::RunRecord record = run_watched(
        small_shop(std::string("run: {horizon: 10h}\n") + kApp +
                   "personas: {anyone: {payment_time: 20min, payment_success: 0%}, quick: {share: 0%, patience: 10000d}}\n"
                   "demand: {streams: !replace {all: {exactly: 1, until: 1min, channel: web, persona: anyone},"
                   " cut: {exactly: 1, from: 30min, until: 31min, channel: app, persona: quick},"
                   " after: {exactly: 1, from: 90min, until: 91min, channel: app, persona: quick}}}\n"
                   "faults: {cut: {kind: partition, at: 10min, lasts: 40min, channels: [web]}}\n"
                   "design: {channels: {web: {reservation: reserve_on_order, hold_ttl: 5h, decides_on: core},"
                   " app: {reservation: ledger, decides_on: core}}}\n"));
    CHECK(record.kpi().undersold_units() == 1);
    CHECK(units_of(record.kpi(), UndersoldCause::held_by_dead_hold) == 1);
    CHECK(record.kpi().orders_accepted() == 1);
    CHECK(record.balance().holds_released() == 1);
}

TEST_CASE("cut off: who looked and is asked for again has been promised what the core says then, not what was there at first") {
    // The web looks while it is cut off, and asks when it is not; in between the app sells the unit, and the core does not know.
    const model::RunRecord record = run_watched(
        small_shop(std::string("run: {horizon: 10h}\n") + kApp +
                   "personas: {anyone: {checkout_time: 12min, payment_time: 30min}, quick: {share: 0%, patience: 10000d}}\n"
                   "demand: {streams: !replace {all: {exactly: 1, until: 1min, channel: web, persona: anyone},"
                   " other: {exactly: 1, from: 25min, until: 26min, channel: app, persona: quick}}}\n"
                   "faults: {cut: {kind: partition, at: 10min, lasts: 10min, channels: [web]}}\n"
                   "design: {cut_off: sell_on_view, edges: {late: {from: app, kind: push, latency: 2h}},"
                   " channels: {web: {reservation: reserve_on_order, hold_ttl: 5h, expired_hold: retry, decides_on: core},"
                   " app: {reservation: none, decides_on: core}}}\n"));
    CHECK(record.kpi().orders_accepted() == 2);
    CHECK(record.kpi().oversold_units() == 1);
    CHECK(units_of(record.kpi(), OversoldCause::race) == 0);
}

TEST_CASE("cut off: who is told to try later is offered nothing else on a stock that nobody can see") {
    Checkout cut = cut_shop("reservation: ledger, decides_on: core", "refuse");
    cut.shopper = "substitute: 100%";
    cut.more += "catalogue: {skus: 3}\n";
    const model::Kpi kpi = sell(cut);
    CHECK(kpi.orders_accepted() == 0);
    CHECK(kpi.unreachable_refusals() == 10);
    CHECK(kpi.refused_units() == 10);
}

}  // namespace lastunit::sim_tests
