// Row locks: waits, deadlocks, rows that are skipped, SKUs that are too hot to lock.
#include "sim/locks.hpp"
#include "tests/sim/causes_of.hpp"
#include "tests/sim/shops.hpp"

namespace lastunit::sim_tests {

namespace {

constexpr Sku kA{1}, kB{2}, kC{3};

// All order within a second.
model::Scenario rush(const std::string& web, int shoppers, int stock, const std::string& more = "") {
    return small_shop("run: {horizon: 1h, drain: 10d}\nstock: !replace [{each: " + std::to_string(stock) +
                      "}]\n"
                      "demand: {streams: !replace {all: {exactly: " +
                      std::to_string(shoppers) +
                      ", until: 1s}}}\ndesign:\n  channels: {web: {reservation: row_lock, decides_on: core, " + web + "}}\n" +
                      more);
}

}  // namespace

TEST_CASE("locks: a row goes from hand to hand in the order in which they came") {
    sim::Locks locks;
    std::vector<std::uint32_t> granted;
    const Sku row[] = {kA};
    const std::uint32_t first = locks.open(10, row);
    const std::uint32_t second = locks.open(20, row);
    const std::uint32_t third = locks.open(30, row);
    CHECK(locks.acquire(first));
    CHECK_FALSE(locks.acquire(second));
    CHECK_FALSE(locks.acquire(third));
    CHECK(locks.taken(kA));
    locks.close(first, granted);
    CHECK(granted == std::vector<std::uint32_t>{20});
    CHECK(locks.has_all(second));
    CHECK_FALSE(locks.has_all(third));
    locks.close(second, granted);
    CHECK(granted == std::vector<std::uint32_t>{20, 30});
    locks.close(third, granted);
    CHECK(granted.size() == 2);
    CHECK_FALSE(locks.taken(kA));
    CHECK(locks.open_transactions() == 0);
}

TEST_CASE("locks: who gives up leaves the queue, wherever it stands in it, and what it had goes on") {
    for (const std::size_t leaver : {0U, 1U, 2U}) {
        INFO(leaver);
        sim::Locks locks;
        std::vector<std::uint32_t> granted;
        const Sku row[] = {kA};
        const std::uint32_t holder = locks.open(9, row);
        REQUIRE(locks.acquire(holder));
        std::vector<std::uint32_t> waiting;
        for (std::uint32_t owner = 0; owner < 3; ++owner) {
            waiting.push_back(locks.open(owner, row));
            REQUIRE_FALSE(locks.acquire(waiting.back()));
        }
        locks.close(waiting[leaver], granted);
        CHECK(granted.empty());
        const std::uint32_t late = locks.open(3, row);
        REQUIRE_FALSE(locks.acquire(late));
        std::vector<std::uint32_t> order;
        for (std::uint32_t owner = 0; owner < 3; ++owner)
            if (owner != leaver) order.push_back(owner);
        order.push_back(3);
        locks.close(holder, granted);
        locks.close(waiting[order[0]], granted);
        locks.close(waiting[order[1]], granted);
        CHECK(granted == order);
        locks.close(late, granted);
        CHECK(locks.open_transactions() == 0);
        CHECK_FALSE(locks.taken(kA));
    }
}

TEST_CASE("locks: two that take the same rows the other way round wait for each other until one gives up") {
    sim::Locks locks;
    std::vector<std::uint32_t> granted;
    const Sku one_way[] = {kA, kB};
    const Sku other_way[] = {kB, kA, kC};
    const Sku only_b[] = {kB};
    const std::uint32_t last = locks.open(3, only_b);
    REQUIRE(locks.acquire(last));
    const std::uint32_t first = locks.open(1, one_way);
    const std::uint32_t second = locks.open(2, other_way);
    CHECK_FALSE(locks.acquire(first));   // has A, waits for B
    CHECK_FALSE(locks.acquire(second));  // waits for B, and will for A
    locks.close(last, granted);
    CHECK(granted == std::vector<std::uint32_t>{1});
    locks.close(first, granted);
    CHECK(granted == std::vector<std::uint32_t>{1, 2});
    const std::uint32_t third = locks.open(4, one_way);
    CHECK_FALSE(locks.acquire(third));
    locks.close(second, granted);
    CHECK(granted == std::vector<std::uint32_t>{1, 2, 4});
    locks.close(third, granted);
    CHECK(locks.open_transactions() == 0);
}

TEST_CASE("row_lock: the row of a hot SKU is sold one transaction after the other, and who waits too long gets nothing") {
    // Each keeps the row for 100 ms and they come within a second: within 5 s of its coming a shopper has its turn, or never.
    const model::Kpi patient = run_watched(rush("lock_time: 100ms, lock_timeout: 1h", 200, 500)).kpi();
    CHECK(patient.units_accepted() == 200);
    CHECK(patient.lock_timeouts() == 0);
    const model::RunRecord record = run_watched(rush("lock_time: 100ms, lock_timeout: 5s", 200, 500));
    CHECK(record.kpi().lock_timeouts() > 135);
    CHECK(record.kpi().lock_timeouts() < 155);
    CHECK(record.kpi().units_accepted() + record.kpi().lock_timeouts() == 200);
    CHECK(record.kpi().undersold_units() == record.kpi().lock_timeouts());
    CHECK(record.kpi().oversold_units() == 0);
    const model::Kpi quick = run_watched(rush("lock_time: 0s, lock_timeout: 5s", 200, 500)).kpi();
    CHECK(quick.lock_timeouts() == 0);
}

TEST_CASE("row_lock: baskets locked as they are listed wait for each other; sorted, they do not") {
    const std::string more = "catalogue: {skus: 3}\npersonas: {anyone: {lines_mean: 3}}\n";
    for (const std::string order : {"sorted", "as_listed"}) {
        INFO(order);
        // A hundred shoppers, one after the other, would need 10 s.
        const model::Kpi kpi =
            run_watched(rush("lock_time: 100ms, lock_timeout: 30s, lock_order: " + order, 100, 1000, more)).kpi();
        CHECK((kpi.lock_timeouts() > 0) == (order == "as_listed"));
        CHECK(kpi.orders_accepted() + kpi.lock_timeouts() == 100);
        CHECK(kpi.oversold_units() == 0);
    }
}

TEST_CASE("row_lock: who skips a locked row reserves what somebody else is about to") {
    const model::RunRecord waits = run_watched(rush("lock_time: 10s", 2, 1));
    CHECK(waits.kpi().units_accepted() == 1);
    const model::RunRecord skips = run_watched(rush("lock_time: 10s, on_locked: skip", 2, 1));
    CHECK(skips.kpi().units_accepted() == 2);
    CHECK(skips.kpi().oversold_units() == 1);
    CHECK(oversold_by(skips, "race") == 1);
    CHECK(skips.kpi().cancelled_units() == 1);
}

TEST_CASE("row_lock: where there is enough, what is skipped is reserved all the same") {
    const model::RunRecord record = run_watched(rush("lock_time: 1s, on_locked: skip", 100, 100));
    CHECK(record.kpi().units_accepted() == 100);
    CHECK(record.kpi().oversold_units() == 0);
    CHECK(record.kpi().cancelled_units() == 0);
}

TEST_CASE("row_lock: hot SKUs are sold without waiting, and beyond what is there while the record does not know") {
    const std::string late = "  edges: {o: {from: web, kind: push, latency: 10min}}\n";
    const std::string goods = "catalogue: {skus: 2, popularity: {table: [9, 1]}}\n";
    const model::RunRecord locked = run_watched(rush("lock_time: 100ms, lock_timeout: 5s", 200, 40, late + goods));
    const model::RunRecord hot = run_watched(rush("lock_time: 100ms, lock_timeout: 5s, hot_skus: 1", 200, 40, late + goods));
    CHECK(locked.kpi().oversold_units() == 0);
    CHECK(locked.kpi().lock_timeouts() > 50);
    CHECK(hot.kpi().lock_timeouts() == 0);
    CHECK(hot.kpi().oversold_units() > 120);  // nine in ten want the hot one, and 40 are there
    CHECK(hot.kpi().oversold_units() < 160);
    CHECK(oversold_by(hot, "race") == hot.kpi().oversold_units());
    const model::RunRecord told_at_once = run_watched(rush("lock_time: 100ms, lock_timeout: 5s, hot_skus: 1", 200, 40, goods));
    CHECK(told_at_once.kpi().oversold_units() == 0);
}

TEST_CASE("row_lock: a basket of hot and other SKUs is one order") {
    const model::RunRecord record = run_watched(rush("lock_time: 10ms, hot_skus: 1", 50, 1000,
                                                     "  edges: {o: {from: web, kind: push, latency: 10min, loss: 50%}}\n"
                                                     "catalogue: {skus: 2}\npersonas: {anyone: {lines_mean: 4}}\n"));
    CHECK(record.kpi().orders_accepted() == 50);
    CHECK(record.kpi().oversold_units() == 0);
    CHECK(record.kpi().never_allocated_orders() > 0);
    CHECK(record.kpi().cancelled_units() > 0);                              // the hot lines of which the core never heard
    CHECK(record.kpi().cancelled_units() < record.kpi().units_accepted());  // and the others were sent
    CHECK(record.kpi().shipped_units() + record.kpi().cancelled_units() == record.kpi().units_accepted());
}

TEST_CASE("row_lock: the core's host goes off under a transaction, and its rows are free again") {
    const model::RunRecord record = run_watched(
        rush("lock_time: 1s, lock_timeout: 10min", 30, 1000,
             "  hosts: {h: {}}\n  core: {host: h, service: 1s}\nfaults: {crash: {kind: host_crash, at: 5s, lasts: 10s}}\n"));
    CHECK(record.kpi().orders_accepted() >= 15);  // a second each in vain while it is down
    CHECK(record.kpi().orders_accepted() < 30);
    CHECK(record.kpi().lock_timeouts() == 0);
    CHECK(record.kpi().undersold_units() == 30 - record.kpi().orders_accepted());
}

}  // namespace lastunit::sim_tests
