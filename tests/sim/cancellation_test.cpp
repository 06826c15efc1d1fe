// Shoppers who take their orders back.
#include "tests/sim/shops.hpp"

namespace lastunit::sim_tests {

namespace {

// Two hundred orders of one or two units in ten hours, and pickers who take their time.
model::Scenario slow_shop(const std::string& pick = "{workers: 1, service: 30min}", const std::string& more = "") {
    return small_shop(
        "run: {horizon: 10h, drain: 300d}\ncatalogue: {skus: 20}\nstock: !replace [{each: 50}]\n"
        "network: {nodes: {dc: {pick: " +
        pick + "}}}\ndemand: {streams: !replace {all: {exactly: 200}}}\n" + more);
}

void all_take_back(model::Scenario& scenario, Duration after) {
    scenario.personas[0].cancels = 1;
    scenario.personas[0].cancels_after = model::constant(after);
}

}  // namespace

TEST_CASE("taken back: what is not yet picked is cancelled, and counts apart from what was missing") {
    model::Scenario scenario = slow_shop();
    all_take_back(scenario, minutes(1));
    const model::RunRecord record = run_watched(scenario);
    const model::Kpi& kpi = record.kpi();
    // The picker finishes what was begun: its order is gone by then.
    CHECK(kpi.taken_back_units() == 200);
    CHECK(kpi.cancelled_units() == 200);
    CHECK(kpi.cancelled_orders() == 0);
    CHECK(kpi.shipped_units() == 0);
    CHECK(kpi.revenue() == 0);
    CHECK(record.balance().orders_cancelled() == 200);
    CHECK(record.balance().orders_open() == 0);
    CHECK(record.nodes(0).stock_end() == 1000);
    CHECK(kpi.record_excess_units() + kpi.record_shortage_units() == 0);
}

TEST_CASE("taken back: what is picked goes on") {
    model::Scenario scenario = slow_shop("{workers: 0, service: 2min}", "");
    all_take_back(scenario, minutes(3));
    CHECK(run_watched(scenario).kpi().taken_back_units() == 0);

    // A line of two takes its place in the queue while the other is picked.
    scenario = slow_shop("{workers: 1, service: 2min}", "personas: {anyone: {lines_mean: 3}}\n");
    scenario.design.max_split = 1;
    all_take_back(scenario, minutes(3));
    const model::RunRecord record = run_watched(scenario);
    CHECK(record.kpi().taken_back_units() > 50);
    CHECK(record.kpi().shipped_units() > 50);
    CHECK(record.kpi().shipped_units() + record.kpi().taken_back_units() == record.kpi().units_accepted());
    CHECK(record.balance().orders_completed() > 50);
}

TEST_CASE("taken back: nothing of an order of which a parcel has left") {
    model::Scenario scenario = small_shop(
        "run: {horizon: 1h, drain: 10d}\nstock: !replace [{each: 1}]\n"
        "network: {nodes: {near: {kind: store, lat: 52, lon: 20, pick: {workers: 0, service: 10h}}}}\n"
        "personas: {anyone: {second_unit: 100%}}\ndemand: {streams: !replace {all: {exactly: 1}}}\n");
    all_take_back(scenario, hours(1));
    const model::RunRecord record = run_watched(scenario);
    CHECK(record.kpi().taken_back_units() == 0);
    CHECK(record.kpi().shipped_units() == 2);
    CHECK(record.kpi().split_rate() == 1);
}

TEST_CASE("taken back: an order that the core has not heard of yet is not planned any more") {
    model::Scenario scenario =
        slow_shop("{workers: 0, service: 2min}",
                  "design: {channels: {web: {reservation: none}}, edges: {o: {from: web, kind: push, latency: 1h}}}\n");
    all_take_back(scenario, minutes(30));
    const model::RunRecord record = run_watched(scenario);
    CHECK(record.kpi().taken_back_units() == 200);
    CHECK(record.nodes(0).orders() == 0);
}

TEST_CASE("taken back: the units can be sold again") {
    model::Scenario scenario = slow_shop("{workers: 1, service: 30min}", "");
    scenario.stock[0].each = 2;
    CHECK(run_watched(scenario).kpi().units_accepted() == 40);
    all_take_back(scenario, minutes(1));
    CHECK(run_watched(scenario).kpi().units_accepted() > 150);
}

TEST_CASE("taken back: by as many shoppers as said, and who they are depends on nothing else") {
    model::Scenario scenario = slow_shop();
    const model::RunRecord nobody = run_watched(scenario);
    CHECK(nobody.kpi().taken_back_units() == 0);
    scenario.personas[0].cancels = 0.25;
    scenario.personas[0].cancels_after = model::constant(minutes(1));
    const model::RunRecord some = run_watched(scenario);
    CHECK(some.kpi().taken_back_units() > 25);
    CHECK(some.kpi().taken_back_units() < 75);
    CHECK(some.identity().shoppers_fingerprint() == nobody.identity().shoppers_fingerprint());
}

TEST_CASE("taken back: who wants nothing any more is promised nothing") {
    model::Scenario scenario = slow_shop();
    all_take_back(scenario, minutes(1));
    CHECK(run_watched(scenario).kpi().promise_kept_rate() == 0);  // of no promise
    scenario.personas[0].cancels = 0.5;
    const model::RunRecord half = run_watched(scenario);
    CHECK(half.kpi().promise_kept_rate() == 1);
    CHECK(half.kpi().fulfilment_time_s().count() == half.balance().orders_completed());
    scenario.network.nodes[0].pick.service = model::constant(hours(2));
    CHECK(run_watched(scenario).kpi().promise_kept_rate() < 1);
}

}  // namespace lastunit::sim_tests
