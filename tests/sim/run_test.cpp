// A whole run, seen from its record.
#include <catch2/catch.hpp>

#include "reports/balance.hpp"
#include "tests/sim/scenarios.hpp"

namespace lastunit::sim_tests {

TEST_CASE("run: every balance of a run closes") {
    for (const std::uint64_t seed : {1, 2, 3}) {
        const model::RunRecord record = run(load("smoke"), seed);
        REQUIRE(record.kpi().orders_accepted() > 100);
        for (const reports::BalanceLine& line : reports::balance(record)) {
            INFO(line.sentence << ": " << line.left << " against " << line.right << ", seed " << seed);
            CHECK(line.closes());
        }
    }
}

TEST_CASE("run: the smoke scenario takes every path it was written for") {
    const model::RunRecord record = run(load("smoke"), 1);
    const model::Kpi& kpi = record.kpi();
    CHECK(kpi.oversold_units() > 0);
    CHECK(kpi.undersold_units() > 0);
    CHECK(kpi.lost_sales_units() > 0);
    CHECK(kpi.cancelled_orders() > 0);
    CHECK(kpi.returned_units() > 0);
    CHECK(kpi.carts_lost_by_switch() > 0);
    CHECK(kpi.holds_expired() > 0);
    CHECK(kpi.order_to_ready_s().count() > 0);
    CHECK(kpi.order_to_door_s().count() > 0);
    CHECK(kpi.ropo_ratio() > 0);
    CHECK(record.identity().simgrid_activities() > 0);
    for (const model::EdgeKpi& edge : record.edges()) {
        INFO(edge.name());
        CHECK(edge.messages() > 0);
    }
    for (const model::ChannelKpi& channel : record.channels()) {
        INFO(channel.name());
        CHECK(channel.kpi().orders_accepted() > 0);
    }
    for (const model::JourneyKpi& journey : record.journeys()) {
        INFO(journey.name());
        CHECK(journey.orders() > 0);
    }
}

// Counts, not the fingerprint: they change when the model does, and say in which direction.
TEST_CASE("run: the smoke scenario's figures at seed 1 are these") {
    const model::Kpi kpi = run(load("smoke"), 1).kpi();
    CHECK(kpi.shoppers() == 1936);
    CHECK(kpi.orders_accepted() == 577);
    CHECK(kpi.units_accepted() == 862);
    CHECK(kpi.oversold_units() == 11);
    CHECK(kpi.undersold_units() == 144);
    CHECK(kpi.lost_sales_units() == 276);
    CHECK(kpi.cancelled_units() == 10);
    CHECK(kpi.returned_units() == 149);
}

TEST_CASE("run: same seed, same record to the byte; another seed, another fingerprint") {
    const model::Scenario scenario = load("smoke");
    const model::RunRecord first = run(scenario, 5);
    CHECK(first.SerializeAsString() == run(scenario, 5).SerializeAsString());
    CHECK(first.identity().fingerprint() != run(scenario, 6).identity().fingerprint());
}

TEST_CASE("run: where nobody takes units off the shelf, the record ends where the truth is") {
    // A count corrects the record by what lies on the shelf: units in shoppers' hands are missed, and the record stays wrong, as
    // in life.
    const Settings online = {{"demand.streams",
                              "{a: {shoppers: 500, channel: web}, b: {shoppers: 500, channel: app}, "
                              "c: {shoppers: 500, channel: marketplace}, d: {shoppers: 500, channel: voice}}"},
                             {"personas.anybody_online.share", "100%"},
                             {"personas.anybody_in_town", "null"},
                             {"personas.anybody_online.switches", "null"},
                             {"personas.anybody_online.retry_elsewhere", "0%"},
                             {"run.drain", "20d"}};
    for (const std::uint64_t seed : {3, 4, 5}) {
        const model::RunRecord record = run(load("smoke", online), seed);
        REQUIRE(record.balance().orders_open() == 0);
        REQUIRE(record.kpi().orders_accepted() > 300);
        REQUIRE(record.kpi().returned_units() > 0);
        for (const model::NodeKpi& node : record.nodes()) {
            INFO(node.name() << ", seed " << seed);
            CHECK(node.record_end() == node.stock_end());
        }
    }
}

TEST_CASE("run: a stop in the middle leaves a partial record that balances") {
    const model::Scenario scenario = load("smoke", {{"demand.streams.day.shoppers", "60000"}});
    const std::string bytes = tests::in_child([&] {
        sim::RunOptions options;
        options.on_progress = [](const sim::Progress&) { return sim::Control::stop; };
        return sim::run(scenario, options).SerializeAsString();
    });
    model::RunRecord record;
    REQUIRE(record.ParseFromString(bytes));
    CHECK(record.identity().partial());
    CHECK(record.identity().events() == 65'536);
    CHECK(record.balance().shoppers_active() > 0);
    for (const reports::BalanceLine& line : reports::balance(record)) {
        INFO(line.sentence << ": " << line.left << " against " << line.right);
        CHECK(line.closes());
    }
}

TEST_CASE("run: who watches closely may stop it earlier") {
    const std::string events = tests::in_child([] {
        sim::RunOptions options;
        options.progress_every = 100;
        int asked = 0;
        options.on_progress = [&asked](const sim::Progress&) { return ++asked < 3 ? sim::Control::go_on : sim::Control::stop; };
        return std::to_string(sim::run(load("smoke", {}), options).identity().events());
    });
    CHECK(events == "300");
}

}  // namespace lastunit::sim_tests
