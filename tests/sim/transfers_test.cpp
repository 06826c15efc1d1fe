// Trucks between nodes, and what they take.
#include "tests/sim/shops.hpp"

namespace lastunit::sim_tests {

namespace {

// A warehouse that sends nothing to shoppers, and a store that it fills up; the run begins at midnight.
model::Scenario two_nodes(const std::string& truck, const std::string& rule, const std::string& more = "") {
    return small_shop(
        "run: {horizon: 48h, drain: 10d, sample_every: 30min}\n"
        "network: {nodes: !replace {dc: {kind: warehouse, lat: 52, lon: 19, ships: false}, shop: {kind: store, lat: 52, lon: "
        "20}}, "
        "trucks: {out: {from: [dc], to: [shop], " +
        truck +
        "}}}\nstock: !replace [{nodes: [dc], each: 100}, {nodes: [shop], each: 4}]\nreplenishment: [{nodes: [shop], from: dc, " +
        rule + "}]\n" + more);
}
const std::string kNobody = "demand: {streams: !replace {all: {rate: 0/h}}}\n";

std::int64_t on_shelves(const model::RunRecord& record, double hour) {
    return record.series().stock(static_cast<int>(hour * 2) - 1);
}

}  // namespace

TEST_CASE("transfers: a truck leaves at its time, and what it takes is on no shelf until it is there") {
    const model::RunRecord record = run_watched(
        two_nodes("at: [06:00], takes: 2h, cost: 80 PLN, unit_cost: 1 PLN", "policy: base_stock, up_to: 10", kNobody));
    CHECK(on_shelves(record, 6) == 104);  // what happens at that very instant belongs to the next step
    CHECK(on_shelves(record, 6.5) == 98);
    CHECK(on_shelves(record, 8) == 98);
    CHECK(on_shelves(record, 8.5) == 104);
    CHECK(record.nodes(0).stock_end() == 94);
    CHECK(record.nodes(1).stock_end() == 10);
    CHECK(record.nodes(1).record_end() == 10);
    CHECK(record.nodes(0).units_transferred_out() == 6);
    CHECK(record.nodes(1).units_transferred_in() == 6);
    CHECK(record.kpi().truck_trips() == 1);  // on the second day nothing waits
    CHECK(cost(record.kpi().cost_terms(), "transfer") == 8600);
    CHECK(record.kpi().total_cost() == 8600);
}

TEST_CASE("transfers: what does not fit waits for the next truck") {
    const model::RunRecord record =
        run_watched(two_nodes("at: [06:00, 18:00], takes: 1h, units: 4", "policy: base_stock, up_to: 14", kNobody));
    CHECK(on_shelves(record, 6.5) == 100);
    CHECK(record.kpi().truck_trips() == 3);  // 4, 4, 2
    CHECK(record.kpi().transferred_units() == 10);
    CHECK(record.kpi().truck_utilisation() == Approx(10.0 / 12));
    CHECK(record.nodes(1).stock_end() == 14);
}

TEST_CASE("transfers: the distance takes its time") {
    // 68.5 km along the parallel.
    const model::RunRecord record =
        run_watched(two_nodes("at: [06:00], takes: 1h, takes_per_km: 1min", "policy: base_stock, up_to: 5", kNobody));
    CHECK(on_shelves(record, 8) == 103);
    CHECK(on_shelves(record, 8.5) == 104);
}

TEST_CASE("transfers: a source gives what it really has, and its record learns what is missing") {
    model::Scenario scenario = two_nodes("at: [06:00, 12:00], takes: 1h", "policy: base_stock, up_to: 54",
                                         kNobody + "accuracy: {kinds: [warehouse], missing_units: 80%}\n");
    scenario.stock[0].each = 50;
    const model::RunRecord record = run_watched(scenario);
    const std::uint64_t there = record.balance().stock_start() - 4;
    CHECK(there < 25);
    CHECK(record.kpi().transferred_units() == there);
    CHECK(record.nodes(0).record_end() == 0);
    CHECK(record.nodes(1).stock_end() == 4 + there);
    CHECK(record.kpi().counted_units() == 50 - there);
}

TEST_CASE("transfers: promised units stay for whom they are promised to") {
    // All of the warehouse is allocated before the truck leaves: its people start at noon.
    const model::RunRecord record = run_watched(small_shop(
        "run: {horizon: 48h, drain: 10d}\n"
        "network: {nodes: !replace {dc: {kind: warehouse, lat: 52, lon: 19, shifts: {open: 12:00, close: 13:00}}, shop: {kind: "
        "store, lat: "
        "52, lon: 20, ships: false}}, trucks: {out: {from: [dc], to: [shop], at: [06:00]}}}\n"
        "stock: !replace [{nodes: [dc], each: 20}]\nreplenishment: [{nodes: [shop], from: dc, policy: base_stock, up_to: 20}]\n"
        "demand: {streams: !replace {all: {exactly: 15, until: 5h}}}\n"));
    CHECK(record.kpi().shipped_units() == 15);
    CHECK(record.kpi().cancelled_units() == 0);
    CHECK(record.kpi().transferred_units() == 5);
}

}  // namespace lastunit::sim_tests
