// Books that are kept carelessly: each published failure shows in the figure that has to flag it, and the sound books do not.
#include "tests/sim/shops.hpp"

namespace lastunit::sim_tests {

namespace {

using model::Bookkeeping;

// A warehouse and two stores with few units each, so that orders of several lines come from several nodes; nobody picks before
// they have been taken back.
model::Scenario spread_shop() {
    model::Scenario scenario = small_shop(
        "run: {horizon: 10h, drain: 300d}\ncatalogue: {skus: 10}\n"
        "stock: !replace [{nodes: [dc], skus: [sku-1, sku-2, sku-3, sku-4, sku-5], each: 40}, "
        "{nodes: [near], skus: [sku-6, sku-7, sku-8, sku-9, sku-10], each: 40}]\n"
        "network: {nodes: {dc: {pick: {workers: 0, service: 10h}}, near: {kind: store, lat: 52, lon: 20, pick: {workers: 0, "
        "service: 10h}}}}\ndemand: {streams: !replace {all: {exactly: 60}}}\n"
        "personas: {anyone: {lines_mean: 3}}\n");
    scenario.personas[0].cancels = 1;
    scenario.personas[0].cancels_after = model::constant(minutes(1));
    return scenario;
}

// Half of the units are not where the record says; what one node lacks the other may have.
model::Scenario leaky_shop() {
    model::Scenario scenario = small_shop(
        "run: {horizon: 10h, drain: 300d}\ncatalogue: {skus: 10}\nstock: !replace [{each: 12}]\n"
        "network: {nodes: {dc: {pick: {workers: 0, service: 10min}}, near: {kind: store, lat: 52, lon: 20, pick: {workers: 0, "
        "service: 10min}}}}\ndemand: {streams: !replace {all: {exactly: 60}}}\n");
    scenario.accuracy.missing_units = 0.5;
    scenario.accuracy.nodes = {NodeId(0)};
    return scenario;
}

}  // namespace

TEST_CASE("books: a cancelled order gives back what it took, where it took it") {
    const model::RunRecord record = run_watched(spread_shop());
    CHECK(record.kpi().taken_back_units() > 100);
    CHECK(record.kpi().record_excess_units() + record.kpi().record_shortage_units() == 0);
}

TEST_CASE("books: released at the first node alone, the others' units are lost to the record") {
    model::Scenario scenario = spread_shop();
    scenario.design.bookkeeping.cancel_restocks = Bookkeeping::CancelRestocks::first_node;
    const model::RunRecord record = run_watched(scenario);
    CHECK(record.kpi().record_shortage_units() > 30);
    CHECK(record.kpi().record_shortage_units() < record.kpi().taken_back_units());
    CHECK(record.kpi().record_excess_units() == 0);
}

TEST_CASE("books: restocked twice, the record has units that are not there, and sells them") {
    model::Scenario scenario = spread_shop();
    scenario.design.bookkeeping.cancel_restocks = Bookkeeping::CancelRestocks::twice;
    const model::RunRecord record = run_watched(scenario);
    CHECK(record.kpi().record_excess_units() == record.kpi().taken_back_units());
    CHECK(record.kpi().record_shortage_units() == 0);
}

TEST_CASE("books: credited to the node that the channel sells today, both are wrong") {
    model::Scenario scenario = spread_shop();
    scenario.design.bookkeeping.cancel_restocks = Bookkeeping::CancelRestocks::todays_nodes;
    const model::RunRecord record = run_watched(scenario);
    CHECK(record.kpi().record_excess_units() == record.kpi().record_shortage_units());
    CHECK(record.kpi().record_excess_units() > 10);
    CHECK(record.nodes(0).record_end() > record.nodes(0).stock_end());
    CHECK(record.nodes(1).record_end() < record.nodes(1).stock_end());
}

TEST_CASE("books: after a failed pick the allocation moves along, or stays for ever") {
    model::Scenario scenario = leaky_shop();
    const model::RunRecord sound = run_watched(scenario);
    CHECK(sound.kpi().failed_picks() > 3);
    CHECK(sound.kpi().record_shortage_units() == 0);
    scenario.design.bookkeeping.reroute = Bookkeeping::Reroute::keeps_allocation;
    const model::RunRecord flawed = run_watched(scenario);
    CHECK(flawed.kpi().record_shortage_units() > 3);
}

TEST_CASE("books: released twice after a short pick, the record has a unit too many") {
    model::Scenario scenario = leaky_shop();
    scenario.accuracy.missing_units = 1;
    const model::RunRecord sound = run_watched(scenario);
    CHECK(sound.kpi().record_excess_units() < 120);
    const std::uint64_t corrected = sound.kpi().failed_picks();
    scenario.design.bookkeeping.short_pick = Bookkeeping::ShortPick::releases_twice;
    const model::RunRecord flawed = run_watched(scenario);
    CHECK(flawed.kpi().failed_picks() > corrected);  // it sells again what was found missing
}

TEST_CASE("books: the first parcel closes the order, and the rest is forgotten") {
    // What is missing comes a day later.
    model::Scenario scenario = spread_shop();
    scenario.personas[0].cancels = 0;
    scenario.accuracy.missing_units = 0.9;
    scenario.accuracy.nodes = {NodeId(0)};
    scenario.design.cancel_after = hours(100);
    scenario.design.retry_every = hours(1);
    for (model::Node& node : scenario.network.nodes) node.pick.service = model::constant(minutes(10));
    scenario.network.nodes[0].pick.service = model::constant(minutes(5));
    const model::RunRecord sound = run_watched(scenario);
    CHECK(sound.kpi().forgotten_units() == 0);
    CHECK(sound.kpi().cancelled_units() > 3);
    scenario.design.bookkeeping.split = Bookkeeping::Split::first_parcel_closes;
    const model::RunRecord flawed = run_watched(scenario);
    CHECK(flawed.kpi().forgotten_units() > 3);
    CHECK(flawed.kpi().cancelled_units() < sound.kpi().cancelled_units());
    CHECK(flawed.balance().units_forgotten() == flawed.kpi().forgotten_units());
    CHECK(flawed.balance().orders_open() == 0);
    // The other way round: what is found missing after the first parcel has left is not looked for elsewhere.
    scenario.network.nodes[0].pick.service = model::constant(hours(1));
    const model::RunRecord late = run_watched(scenario);
    CHECK(late.kpi().forgotten_units() > 3);
    CHECK(late.balance().orders_open() == 0);
}

TEST_CASE("books: the last available units can be picked, or they stop their own orders") {
    model::Scenario scenario = small_shop(
        "run: {horizon: 10h, drain: 10d}\ncatalogue: {skus: 20}\nstock: !replace [{each: 3}]\n"
        "demand: {streams: {all: {rate: 1/min, until: 9h}}}\n");
    const model::RunRecord sound = run_watched(scenario);
    CHECK(sound.kpi().shipped_units() == 60);
    CHECK(sound.kpi().cancelled_with_stock_units() == 0);
    scenario.design.bookkeeping.pick_needs = Bookkeeping::PickNeeds::atp_left;
    const model::RunRecord flawed = run_watched(scenario);
    CHECK(flawed.kpi().shipped_units() == 40);  // two of each
    CHECK(flawed.kpi().cancelled_with_stock_units() > 20);
    CHECK(flawed.kpi().cancelled_with_stock_units() == flawed.kpi().cancelled_units());
    CHECK(flawed.kpi().record_excess_units() + flawed.kpi().record_shortage_units() == 0);
}

TEST_CASE("re-routes: an order is tried so often and no more, each node once") {
    model::Scenario scenario = small_shop(
        "run: {horizon: 2h, drain: 10d}\ncatalogue: {skus: 2}\nstock: !replace [{each: 5}]\n"
        "network: {nodes: {b: {kind: store, lat: 52, lon: 20}, c: {kind: store, lat: 52, lon: 21}, d: {kind: store, lat: 52, "
        "lon: 22}, e: {kind: store, lat: 52, lon: 23}, f: {kind: store, lat: 52, lon: 24}}}\n"
        "demand: {streams: !replace {all: {exactly: 1}}}\n");
    scenario.accuracy.missing_units = 1;
    scenario.accuracy.failed_pick = model::Accuracy::FailedPick::keeps_record;
    for (const std::uint32_t most : {0U, 2U, 5U, 50U}) {
        INFO(most);
        scenario.design.max_reroutes = most;
        const model::Kpi kpi = run_watched(scenario).kpi();
        CHECK(kpi.most_reroutes() == std::min(most + 1, 6U));
        CHECK(kpi.failed_picks() == kpi.most_reroutes());
        CHECK(kpi.cancelled_orders() == 1);
    }
}

TEST_CASE("re-routes: a pick-up that its store cannot fulfil is cancelled, or sent from elsewhere") {
    model::Scenario scenario = small_shop(
        "run: {horizon: 2h, drain: 10d}\ncatalogue: {skus: 10}\nstock: !replace [{each: 20}]\n"
        "network: {transit: 24h, nodes: {store: {kind: store, lat: 52, lon: 20, hands_over: true}}, places: {town: {lat: 52, "
        "lon: 20}}}\n"
        "channels: {web: {methods: {pickup: 100%}}}\n");
    scenario.accuracy.missing_units = 0.5;
    scenario.accuracy.nodes = {NodeId(1)};
    scenario.personas[0].lines_mean = 2;
    const model::RunRecord cancelled = run_watched(scenario);
    REQUIRE(cancelled.kpi().failed_picks() > 0);
    CHECK(cancelled.kpi().cancelled_units() >= cancelled.kpi().failed_picks());
    CHECK(cancelled.kpi().shipped_units() == 0);
    scenario.design.pickup_becomes_ship = true;
    const model::RunRecord sent = run_watched(scenario);
    CHECK(sent.kpi().cancelled_units() == 0);
    CHECK(sent.kpi().shipped_units() >= sent.kpi().failed_picks());
    CHECK(sent.kpi().handed_over_units() > 0);
    CHECK(sent.nodes(1).units_shipped() == 0);  // what the store has found waits there to be fetched
    CHECK(sent.kpi().promise_kept_rate() < 1);  // it was to be ready in the store
}

TEST_CASE("orders: those whose message is lost are never allocated, and are counted") {
    model::Scenario scenario = small_shop(
        "run: {horizon: 10h, drain: 10d}\ncatalogue: {skus: 10}\nstock: !replace [{each: 100}]\n"
        "design: {channels: {web: {reservation: none}}, edges: {o: {from: web, kind: push, loss: 20%}}}\n");
    const model::RunRecord record = run_watched(scenario);
    CHECK(record.kpi().never_allocated_orders() > 50);
    CHECK(record.kpi().never_allocated_orders() == record.kpi().cancelled_orders());
    CHECK(record.kpi().cancelled_with_stock_units() == record.kpi().cancelled_units());
}

}  // namespace lastunit::sim_tests
