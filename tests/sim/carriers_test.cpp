// Docks and carriers: cut-offs to the minute, capacities, which carrier a parcel takes, how late it is and what it costs.
#include <cmath>
#include <map>

#include "tests/sim/parts.hpp"
#include "tests/sim/shops.hpp"

namespace lastunit::sim_tests {

namespace {

// A warehouse whose people take no time; the run begins at eight in the morning.
std::string shop_with(const std::string& carriers, const std::string& collections, const std::string& more = "") {
    return "run: {start_of_day: 08:00, horizon: 10d, promise: 48h}\ncatalogue: {skus: 3}\nstock: !replace [{each: 1000}]\n"
           "network: {carriers: {" +
           carriers + "}, nodes: {dc: {collections: [" + collections + "]" + more + "}}}\n";
}

Duration delivered(const Parts& parts, std::uint32_t order) { return parts.orders.order(order).last_ready - SimTime{0}; }

// One order so long after the start, alone.
Duration delivery_of_order_at(const model::Scenario& scenario, Duration at) {
    Parts parts(scenario);
    parts.until(at);
    parts.order_on_web(kFirst, 1);
    parts.until(hours(240));
    return delivered(parts, 0);
}

}  // namespace

TEST_CASE("carriers: the collection is the cut-off, and what is dispatched at that very microsecond still goes") {
    const model::Scenario scenario =
        small_shop(shop_with("van: {zones: [{up_to_km: 10, transit: 20h}]}", "{carrier: van, at: [17:00]}"));
    CHECK(delivery_of_order_at(scenario, hours(9) - minutes(1)) == hours(9 + 20));
    CHECK(delivery_of_order_at(scenario, hours(9)) == hours(9 + 20));
    CHECK(delivery_of_order_at(scenario, hours(9) + microseconds(1)) == hours(24 + 9 + 20));
}

TEST_CASE("carriers: what does not fit into a collection waits for the next, in the order in which it came") {
    const model::Scenario scenario =
        small_shop(shop_with("van: {zones: [{up_to_km: 10, transit: 1h}]}", "{carrier: van, at: [17:00, 10:00], parcels: 2}"));
    Parts parts(scenario);
    for (int i = 0; i < 5; ++i) parts.order_on_web(kFirst, 1);
    CHECK(parts.world.truth.cell(kDc, kFirst).in_fulfilment == 0);  // nothing has happened yet
    parts.until(minutes(1));
    CHECK(parts.world.truth.cell(kDc, kFirst).in_fulfilment == 5);  // at the dock: still at the node
    parts.until(hours(240));
    CHECK(delivered(parts, 0) == hours(2 + 1));
    CHECK(delivered(parts, 1) == hours(2 + 1));
    CHECK(delivered(parts, 2) == hours(9 + 1));
    CHECK(delivered(parts, 3) == hours(9 + 1));
    CHECK(delivered(parts, 4) == hours(26 + 1));
    const sim::DockFigures& dock = parts.carriage.docks().figures(kDc);
    CHECK(dock.missed_cut_offs == 1);
    CHECK(dock.wait.count() == 5);
    CHECK(dock.wait.mean_s() == Approx((2 * 2 + 2 * 9 + 26) * 3600.0 / 5));
    CHECK(parts.carriage.docks().carrier(0).spilled == 0);  // the dock was full, not the carrier
}

TEST_CASE("carriers: a full day spills into the next, over all nodes together") {
    const std::string van = "van: {daily_parcels: 3, zones: [{up_to_km: 10, transit: 1h}]}";
    SECTION("with collections") {
        const model::Scenario scenario = small_shop(shop_with(van, "{carrier: van, at: [17:00]}"));
        Parts parts(scenario);
        for (int i = 0; i < 8; ++i) parts.order_on_web(kFirst, 1);
        parts.until(hours(240));
        for (std::uint32_t i = 0; i < 8; ++i) CHECK(delivered(parts, i) == hours(9 + 24 * (i / 3) + 1));
        CHECK(parts.carriage.docks().carrier(0).spilled == 5);
        CHECK(parts.carriage.docks().carrier(0).peak_day == 3);
        CHECK(parts.carriage.docks().carrier(0).parcels == 8);
    }
    SECTION("a courier takes each at once, and the rest at midnight") {
        const model::Scenario scenario = small_shop(shop_with(van, "{carrier: van}"));
        Parts parts(scenario);
        for (int i = 0; i < 4; ++i) parts.order_on_web(kFirst, 1);
        parts.until(hours(15));
        CHECK(parts.order_on_web(kFirst, 1) == 4);
        parts.until(hours(240));
        for (std::uint32_t i = 0; i < 3; ++i) CHECK(delivered(parts, i) == hours(1));
        CHECK(delivered(parts, 3) == hours(16 + 1));
        CHECK(delivered(parts, 4) == hours(16 + 1));
        CHECK(parts.carriage.docks().carrier(0).spilled == 2);
        CHECK(parts.carriage.docks().figures(kDc).missed_cut_offs == 2);
    }
    SECTION("two nodes") {
        const model::Scenario scenario = small_shop(shop_with(van, "{carrier: van, at: [17:00]}") +
                                                    "demand: {streams: {all: {exactly: 300, rate: null, until: 8h}}}\n");
        model::Scenario two = scenario;
        two.network.nodes.push_back(two.network.nodes[0]);
        two.network.nodes[1].name = "second";
        two.network.nodes[0].daily_lines = 100;  // the rest goes to the second
        two.stock.front().nodes.push_back(NodeId(1));
        two.network.carriers[0].daily_parcels = 240;
        const model::RunRecord record = run_watched(two);
        CHECK(record.nodes(0).units_shipped() == 100);
        CHECK(record.nodes(1).units_shipped() == 200);
        CHECK(record.carriers(0).parcels() == 300);
        CHECK(record.carriers(0).peak_day() == 240);
        CHECK(record.carriers(0).spilled() == 60);
        CHECK(record.nodes(0).missed_cut_offs() + record.nodes(1).missed_cut_offs() == 60);
    }
}

TEST_CASE("carriers: the cheapest that arrives within the promise, else the earliest") {
    // Promise 48 h. The slow one leaves at 17:00 and takes 46 h; the fast one leaves at 18:00 and takes 10 h.
    const model::Scenario scenario =
        small_shop(shop_with("slow: {zones: [{up_to_km: 10, transit: 46h, parcel: 5 PLN}]}, "
                             "fast: {zones: [{up_to_km: 10, transit: 10h, parcel: 9 PLN}]}",
                             "{carrier: slow, at: [17:00]}, {carrier: fast, at: [18:00]}"));
    CHECK(delivery_of_order_at(scenario, hours(7)) == hours(9 + 46));                      // due at 55: exactly
    CHECK(delivery_of_order_at(scenario, hours(7) - microseconds(1)) == hours(10 + 10));   // too late by a microsecond
    CHECK(delivery_of_order_at(scenario, hours(10) + minutes(1)) == hours(24 + 10 + 10));  // tomorrow's
    model::Scenario hurried = scenario;
    hurried.run.promise = hours(1);
    CHECK(delivery_of_order_at(hurried, hours(7)) == hours(10 + 10));
    hurried.network.carriers[0].zones[0].transit = model::constant(hours(11));  // 9 + 11: the same arrival, and cheaper
    Parts tie(hurried);
    tie.until(hours(7));
    tie.order_on_web(kFirst, 1);
    tie.until(hours(100));
    CHECK(tie.carriage.docks().carrier(0).parcels == 1);
    hurried.network.carriers[0].zones[0].up_to_km = -1;  // reaches nobody
    CHECK(delivery_of_order_at(hurried, hours(7)) == hours(10 + 10));
}

TEST_CASE("carriers: who waits for a full carrier is counted, and the dearer one is taken before the promise is broken") {
    const model::Scenario scenario =
        small_shop(shop_with("van: {daily_parcels: 3, zones: [{up_to_km: 10, transit: 1h, parcel: 5 PLN}]}, "
                             "bike: {zones: [{up_to_km: 10, transit: 2h, parcel: 9 PLN}]}",
                             "{carrier: van, at: [17:00]}, {carrier: bike}"));
    Parts parts(scenario);
    for (int i = 0; i < 8; ++i) parts.order_on_web(kFirst, 1);
    parts.until(hours(240));
    // Due at 48 h: the van's first and second day are in time (10 h, 34 h), its third is not.
    for (std::uint32_t i = 0; i < 6; ++i) CHECK(delivered(parts, i) == hours(10 + 24 * (i / 3)));
    CHECK(delivered(parts, 6) == hours(2));
    CHECK(delivered(parts, 7) == hours(2));
    CHECK(parts.carriage.docks().carrier(0).spilled == 3);
}

TEST_CASE("carriers: they deliver in their hours only") {
    const model::Scenario scenario =
        small_shop(shop_with("van: {delivers: {open: 09:00, close: 18:00}, zones: [{up_to_km: 10, transit: 3h}]}",
                             "{carrier: van, at: [12:00, 17:00]}"));
    CHECK(delivery_of_order_at(scenario, hours(1)) == hours(4 + 3));   // 15:00
    CHECK(delivery_of_order_at(scenario, hours(5)) == hours(16 + 9));  // 20:00: at nine next morning
}

TEST_CASE("carriers: a share of the parcels is late by so much, another share at peak, and no others") {
    struct Roads : sim::Probe {
        std::uint64_t before = 0, late_before = 0, peak = 0, late_peak = 0, odd = 0;
        void parcel_collected(SimTime at, std::uint64_t, NodeId, std::uint8_t, Duration road) override {
            const bool late = road == hours(20 + 7);
            if (!late && road != hours(20)) ++odd;
            (at < SimTime{0} + hours(24) ? before : peak) += 1;
            (at < SimTime{0} + hours(24) ? late_before : late_peak) += late ? 1 : 0;
        }
    };
    model::Scenario scenario = small_shop(
        shop_with(
            "van: {late: 10%, late_by: 7h, peaks: [{from: 24h, until: 48h, late: 30%}], zones: [{up_to_km: 10, transit: 20h}]}",
            "{carrier: van}") +
        "demand: {streams: {all: {exactly: 10000, rate: null, until: 48h}}}\n");
    scenario.stock.front().each = 100000;
    const std::string answer = tests::in_child([&] {
        Roads seen;
        sim::RunOptions options;
        options.probe = &seen;
        const model::RunRecord record = sim::run(scenario, options);
        return std::to_string(seen.before) + " " + std::to_string(seen.late_before) + " " + std::to_string(seen.peak) + " " +
               std::to_string(seen.late_peak) + " " + std::to_string(seen.odd) + " " + std::to_string(record.carriers(0).late()) +
               " " + std::to_string(record.kpi().late_parcels());
    });
    std::istringstream in(answer);
    double before = 0, late_before = 0, peak = 0, late_peak = 0, odd = 0, carrier = 0, kpi = 0;
    in >> before >> late_before >> peak >> late_peak >> odd >> carrier >> kpi;
    INFO(answer);
    CHECK(before + peak == 10000);
    CHECK(odd == 0);
    CHECK(carrier == late_before + late_peak);
    CHECK(kpi == carrier);
    // Three standard errors.
    CHECK(std::abs(late_before / before - 0.1) < 3 * std::sqrt(0.1 * 0.9 / before));
    CHECK(std::abs(late_peak / peak - 0.3) < 3 * std::sqrt(0.3 * 0.7 / peak));
}

TEST_CASE("carriers: what a parcel costs by band and mass is what routing weighed") {
    const model::Scenario scenario = small_shop(
        "run: {horizon: 10d}\nstock: !replace [{each: 1000}]\ncatalogue: !replace {items: {a: {mass: 350g}, b: {mass: 1.2kg}, c: "
        "{mass: 0g}}}\n"
        "network:\n  places: {town: {lat: 52, lon: 20.5}}\n"  // 102.7 km away
        "  carriers: {van: {zones: [{up_to_km: 100, parcel: 9 PLN, per_kg: 1 PLN}, {up_to_km: 500, parcel: 12.50 PLN, per_kg: "
        "1.99 PLN}]}}\n"
        "  nodes: {dc: {collections: [{carrier: van}], parcel_cost: 2 PLN, unit_cost: 0.30 PLN}}\n");
    Parts parts(scenario);
    const core::OrderLine lines[] = {{kFirst, 3}, {kSecond, 1}, {kThird, 2}};
    core::RouteRequest request = parts.orders.request_for(kWeb, core::Method::ship, 0, kStore);
    request.lines = lines;
    core::Plan plan;
    parts.core.plan(request, plan);
    REQUIRE(plan.outcome == core::PlanOutcome::planned);
    // 350 g at 1.99 PLN/kg is 0.70 PLN a unit, 1.2 kg 2.39 PLN.
    CHECK(plan.terms.fixed == 200);
    CHECK(plan.terms.distance == 1250);
    CHECK(plan.terms.units == 6 * 30 + 3 * 70 + 239);
    sim::Promise promise;
    promise.id = 7;
    promise.channel = kWeb;
    promise.persona = 255;
    parts.orders.accept(promise, lines, {});
    parts.until(hours(100));
    CHECK(sim::sum_of(parts.recorder.of(kWeb).costs) == plan.cost);
    CHECK(parts.carriage.docks().carrier(0).price == 1250 + 3 * 70 + 239);
}

TEST_CASE("carriers: where none goes, routing does not plan, and nodes without collections send as before") {
    model::Scenario scenario = small_shop(
        "stock: !replace [{each: 1000}]\nnetwork: {cost_per_km: 0.10 PLN, transit: 5h, places: {town: {lat: 52, lon: 20.5}}, "
        "carriers: {van: {zones: [{up_to_km: 100}]}}, nodes: {dc: {collections: [{carrier: van}]}, other: {kind: store, "
        "lat: 52, lon: 30}}}\n");
    Parts parts(scenario);
    core::RouteRequest request = parts.orders.request_for(kWeb, core::Method::ship, 0, kStore);
    const core::OrderLine line{kFirst, 1};
    request.lines = {&line, 1};
    core::Plan plan;
    parts.core.plan(request, plan);
    REQUIRE(plan.outcome == core::PlanOutcome::planned);
    CHECK(plan.lines[0].node == NodeId(1));
    CHECK(plan.terms.distance == 10 * parts.core.network().km[0][1]);
    parts.order_on_web(kFirst, 1);
    parts.until(hours(100));
    CHECK(delivered(parts, 0) == hours(5));
    CHECK(sim::sum_of(parts.recorder.of(kWeb).costs) == plan.cost);
    scenario.network.nodes.pop_back();
    scenario.stock.front().nodes.pop_back();
    Parts alone(scenario);
    alone.core.plan(request, plan);
    CHECK(plan.outcome == core::PlanOutcome::no_node);
}

}  // namespace lastunit::sim_tests
