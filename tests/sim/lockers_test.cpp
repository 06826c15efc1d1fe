// Parcel lockers: compartments, what does not fit, who does not come.
#include <algorithm>

#include "tests/sim/parts.hpp"
#include "tests/sim/shops.hpp"

namespace lastunit::sim_tests {

namespace {

constexpr NodeId kHub{1}, kCounter{2};

// A warehouse, a hub of one compartment, and a store that hands over; whoever fetches a parcel takes `travel` to come.
model::Scenario one_compartment(const std::string& travel, const std::string& rules) {
    return small_shop(
        "run: {horizon: 10d, promise: 4h, locker_window: 48h}\nstock: !replace [{kind: warehouse, each: 10}]\n"
        "network: {transit: 1h, lockers: " +
        rules +
        ", nodes: {hub: {kind: locker_hub, lat: 52, lon: 19, ships: false, compartments: 1}, store: {kind: store, lat: 52, lon: "
        "19.1, ships: false, hands_over: true}}}\n"
        "personas: {anyone: {travel_time: " +
        travel + "}}\n");
}

std::uint32_t order_by_locker(Parts& parts, std::uint64_t id) {
    sim::Promise promise;
    promise.id = id;
    promise.channel = kWeb;
    promise.method = core::Method::locker;
    const core::OrderLine line{kFirst, 1};
    return parts.orders.accept(promise, {&line, 1}, {});
}

Duration ready(const Parts& parts, std::uint32_t order) { return parts.orders.order(order).last_ready - SimTime{0}; }

}  // namespace

TEST_CASE("lockers: a parcel that finds no compartment comes again until somebody has fetched theirs") {
    const model::Scenario scenario = one_compartment("3h", "{retry: 2h, tries: 3}");
    Parts parts(scenario);
    const std::uint32_t first = order_by_locker(parts, 1), second = order_by_locker(parts, 2);
    parts.until(hours(4) - microseconds(1));
    CHECK(parts.orders.order(first).ended);  // the promise is over when it is in the locker
    CHECK(parts.carriage.lockers().figures(kHub).occupied == 1);
    CHECK_FALSE(parts.orders.order(second).ended);
    parts.until(hours(100));
    CHECK(ready(parts, first) == hours(1));
    CHECK(ready(parts, second) == hours(5));  // tried at 1 h, 3 h, and 5 h
    const sim::LockerFigures& hub = parts.carriage.lockers().figures(kHub);
    CHECK(hub.full == 2);
    CHECK(hub.peak == 1);
    CHECK(hub.occupied == 0);
    CHECK(hub.fetched == 2);
    CHECK(hub.redirected == 0);
    const sim::MethodCounts& method = parts.recorder.of(kWeb).of(core::Method::locker);
    CHECK(method.due == 2);
    CHECK(method.kept == 1);  // five hours are more than four
    CHECK(parts.carriage.lockers().waiting() == 0);
    model::NetworkSeries network;
    parts.recorder.network.fill(network);
    REQUIRE(network.flows_size() == 1);
    CHECK(network.flows(0).to_node() == "hub");
    CHECK(network.flows(0).parcels() == 2);
}

TEST_CASE("lockers: after the last try the parcel goes to the nearest node that hands over") {
    const model::Scenario scenario = one_compartment("9h", "{retry: 2h, tries: 2}");
    Parts parts(scenario);
    order_by_locker(parts, 1);
    const std::uint32_t second = order_by_locker(parts, 2);
    parts.until(hours(100));
    CHECK(ready(parts, second) == hours(1 + 2 + 2));
    const sim::LockerFigures& hub = parts.carriage.lockers().figures(kHub);
    CHECK(hub.redirected == 1);
    CHECK(hub.fetched == 2);
    CHECK(hub.peak == 1);
    CHECK(parts.carriage.lockers().figures(kCounter).fetched == 0);  // counted where it was ordered to
    CHECK(parts.recorder.of(kWeb).back_to_sender_units == 0);
}

TEST_CASE("lockers: to its sender where nobody hands over, and that promise is broken") {
    model::Scenario scenario = one_compartment("9h", "{retry: 1h, tries: 2}");
    scenario.network.nodes[kCounter.value].hands_over = false;
    Parts parts(scenario);
    order_by_locker(parts, 1);
    const std::uint32_t second = order_by_locker(parts, 2);
    parts.until(hours(2) - microseconds(1));
    CHECK(parts.world.truth.cell(kDc, kFirst).shelf == 8);
    parts.until(hours(100));
    CHECK(ready(parts, second) == hours(2));  // within the promise, if it had been there
    CHECK(parts.recorder.of(kWeb).of(core::Method::locker).due == 2);
    CHECK(parts.recorder.of(kWeb).of(core::Method::locker).kept == 1);
    CHECK(parts.recorder.of(kWeb).back_to_sender_units == 1);
    CHECK(parts.recorder.of(kWeb).returned_units == 1);
    CHECK(parts.world.truth.cell(kDc, kFirst).shelf == 9);
    CHECK(parts.atp(kDc, kFirst) == 9);
}

TEST_CASE("lockers: what nobody fetches goes back after the window, and its compartment is free again") {
    model::Scenario scenario = one_compartment("0s", "{retry: 2h, tries: 100}");
    scenario.personas[0].collects = 0;
    Parts parts(scenario);
    order_by_locker(parts, 1);
    const std::uint32_t second = order_by_locker(parts, 2);
    parts.until(hours(49) - microseconds(1));
    CHECK(parts.carriage.lockers().figures(kHub).occupied == 1);
    CHECK(parts.carriage.lockers().figures(kHub).no_shows == 0);
    parts.until(hours(49));
    CHECK(parts.carriage.lockers().figures(kHub).no_shows == 1);
    CHECK(parts.world.truth.cell(kDc, kFirst).shelf == 8);
    parts.until(hours(50));  // an hour back
    CHECK(parts.world.truth.cell(kDc, kFirst).shelf == 9);
    parts.until(hours(200));
    CHECK(ready(parts, second) == hours(51));  // was there at 49 h a moment too early
    CHECK(parts.carriage.lockers().figures(kHub).no_shows == 2);
    CHECK(parts.recorder.of(kWeb).back_to_sender_units == 2);
}

TEST_CASE("lockers: never more parcels than compartments, whatever the day") {
    struct Most : sim::Probe {
        std::uint64_t most = 0, changes = 0;
        void compartments(SimTime, NodeId hub, std::uint64_t occupied) override {
            if (hub != kHub) return;
            most = std::max(most, occupied);
            ++changes;
        }
    };
    model::Scenario scenario = one_compartment("\"lognormal(9h, cv 1)\"", "{retry: 6h, tries: 4}");
    scenario.network.nodes[kHub.value].compartments = 12;
    scenario.personas[0].collects = 0.8;
    scenario.channels[0].methods = {0.3, 0, 0.7, 0, 0};
    scenario.channels[0].method_choice = model::Discrete(scenario.channels[0].methods);
    scenario.stock.front().each = 1000;
    scenario.arrivals.front().rate.front().per_second = 4.0 / 3600;
    const std::string answer = tests::in_child([&] {
        Most seen;
        sim::RunOptions options;
        options.probe = &seen;
        sim::run(scenario, options);
        return std::to_string(seen.most) + " " + std::to_string(seen.changes);
    });
    CHECK(answer.substr(0, 3) == "12 ");
    CHECK(std::stoul(answer.substr(3)) > 200);
    const model::RunRecord record = run_watched(scenario);
    CHECK(record.nodes(kHub.value).compartments_peak() == 12);
    CHECK(record.nodes(kHub.value).locker_full() > 50);
    CHECK(record.nodes(kHub.value).parcels_redirected() > 5);
    CHECK(record.nodes(kHub.value).locker_no_shows() > 30);
    CHECK(record.kpi().back_to_sender_units() == record.nodes(kHub.value).locker_no_shows());
    CHECK(record.kpi().locker().orders() == record.kpi().locker().promises_due());
    CHECK(record.kpi().ship().promise_kept_rate() == 1);
    CHECK(record.kpi().locker().promise_kept_rate() < 0.95);
    CHECK(record.kpi().orders_accepted() == record.kpi().locker().orders() + record.kpi().ship().orders());
}

}  // namespace lastunit::sim_tests
