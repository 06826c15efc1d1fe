// What becomes of what comes back.
#include <cmath>

#include "tests/sim/shops.hpp"

namespace lastunit::sim_tests {

namespace {

model::Scenario shop(const std::string& returns, const std::string& in_store = "0%") {
    return small_shop(
        "run: {horizon: 20h, drain: 30d}\n"
        "network: {nodes: !replace {dc: {kind: warehouse, lat: 52, lon: 19}, shop: {kind: store, lat: 52, lon: 20, ships: "
        "false}}}\n"
        "catalogue: {skus: 1, price: 100 PLN}\nstock: !replace [{nodes: [dc], each: 500}]\n"
        "personas: {anyone: {return_rate: 100%, return_delay: 1h, return_in_store: " +
        in_store + "}}\ndemand: {streams: !replace {all: {exactly: 200, until: 10h}}}\n" + returns);
}

std::uint64_t by(const model::RunRecord& record, const std::string& path) {
    for (const model::CauseCount& count : record.kpi().returns_by_path())
        if (count.cause() == path) return count.units();
    return 0;
}

}  // namespace

TEST_CASE("returns: without a rule they are on the shelf at once, and on record") {
    const model::RunRecord record = run_watched(shop(""));
    CHECK(by(record, "restocked") == record.balance().stock_returned());
    CHECK(record.balance().stock_in_inspection() == 0);
    CHECK(record.nodes(0).returned_units() == record.balance().stock_returned());
}

TEST_CASE("returns: each grade has its share, and its cost") {
    const model::RunRecord record = run_watched(shop("returns: [{as_new: 50%, marked_down: 30%, markdown: 40%}]\n"));
    const auto all = static_cast<double>(record.balance().stock_returned());
    CHECK(all > 100);
    const double sigma = std::sqrt(0.25 / all);
    CHECK(static_cast<double>(by(record, "restocked")) / all == Approx(0.5).margin(4 * sigma));
    CHECK(static_cast<double>(by(record, "marked_down")) / all == Approx(0.3).margin(4 * sigma));
    CHECK(by(record, "marked_down") == record.balance().stock_marked_down());
    CHECK(by(record, "written_off") == record.balance().stock_written_off());
    const std::uint64_t lost = 4000 * by(record, "marked_down") + 10000 * by(record, "written_off");
    CHECK(static_cast<std::uint64_t>(record.kpi().total_cost()) == lost);
    CHECK(record.nodes(0).stock_end() == record.nodes(0).record_end());
}

TEST_CASE("returns: one person looks at them one after the other, and nobody can buy what waits") {
    const model::RunRecord record = run_watched(shop("returns: [{inspect: {workers: 1, service: 2h}}]\n"));
    CHECK(record.balance().stock_in_inspection() > 0);
    // From the first return on, one every two hours, and the one at hand.
    const std::uint64_t done = by(record, "restocked");
    CHECK(done <= 10);
    CHECK(done >= 7);
    CHECK(record.nodes(0).inspect_wait_s().count() == done + 1);
    CHECK(record.nodes(0).inspect_wait_s().max() > 3600);
}

TEST_CASE("returns: people look at them in their shifts") {
    model::Scenario scenario = shop("returns: [{inspect: {workers: 1, service: 1s}}]\n");
    scenario.network.nodes[0].shifts = {hours(0), hours(2)};
    const model::RunRecord record = run_watched(scenario);
    CHECK(record.balance().stock_returned() > 10);
    CHECK(record.balance().stock_in_inspection() >= record.balance().stock_returned() / 2);
}

TEST_CASE("returns: a store sends them on to where they were sold, by truck where one goes") {
    const std::string rule = "returns: [{kinds: [store], then: where_sold, forward_takes: 3h}]\n";
    const model::RunRecord by_itself = run_watched(shop(rule, "100%"));
    CHECK(by(by_itself, "restocked") == 0);
    CHECK(by(by_itself, "forwarded") == by_itself.balance().stock_returned());
    CHECK(by_itself.nodes(1).stock_end() == 0);
    CHECK(by_itself.nodes(0).units_transferred_in() > 0);
    CHECK(by_itself.nodes(0).units_transferred_in() + by_itself.balance().stock_in_transit() ==
          by_itself.nodes(1).units_transferred_out());

    model::Scenario scenario = shop(rule, "100%");
    model::Truck& truck = scenario.network.trucks.emplace_back();
    truck.from = {NodeId(1)};
    truck.to = {NodeId(0)};
    truck.at = {hours(5)};
    truck.takes = model::constant(hours(1));
    const model::RunRecord by_truck = run_watched(scenario);
    CHECK(by_truck.kpi().truck_trips() == 1);
    CHECK(by_truck.balance().stock_in_inspection() > 0);  // came back after the truck had left
    CHECK(by_truck.nodes(0).units_transferred_in() == by(by_truck, "forwarded"));
}

TEST_CASE("returns: parcels go where the sender's rule says") {
    const model::RunRecord record = run_watched(shop("returns: [{kinds: [warehouse], parcels_to: shop}]\n"));
    CHECK(record.nodes(1).returned_units() == record.balance().stock_returned());
    CHECK(record.nodes(1).stock_end() == record.balance().stock_returned());
}

}  // namespace lastunit::sim_tests
