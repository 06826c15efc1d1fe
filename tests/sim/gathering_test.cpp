// Orders whose units wait for each other: one parcel of what several nodes have, and pick-up of what the store does not have.
#include "tests/sim/parts.hpp"
#include "tests/sim/shops.hpp"

namespace lastunit::sim_tests {

namespace {

// One item in the warehouse, the other in a store 137 km away; one shopper wants both.
model::Scenario apart(const std::string& more = "") {
    model::Scenario scenario = small_shop(
        "run: {horizon: 30h, drain: 30d}\n"
        "network: {nodes: !replace {dc: {kind: warehouse, lat: 52, lon: 19, parcel_cost: 10 PLN, pick: {service: 30min}}, shop: "
        "{kind: "
        "store, lat: 52, lon: 21, parcel_cost: 15 PLN, pick: {service: 10min}, pack: {service: 5min}}}, places: {home: {lat: 52, "
        "lon: 21}}}\n"
        "catalogue: !replace {items: {a: {price: 50 PLN}, b: {price: 50 PLN}, both: {price: 100 PLN, weight: 1000000000, bundle: "
        "{a: 1, b: "
        "1}}}}\n"
        "stock: !replace [{nodes: [dc], skus: [a], each: 5}, {nodes: [shop], skus: [b], each: 5}]\n"
        "demand: {streams: !replace {all: {exactly: 1, until: 1s}}}\n" +
        more);
    core::SplitPolicy policy;
    policy.waiting = core::Waiting::allowed;
    policy.loss_per_extra_parcel = 5000;
    policy.transfer_fixed = 300;
    policy.transfer_unit = 40;
    policy.transfer_takes = hours(4);
    scenario.design.split_policy = policy;
    return scenario;
}

}  // namespace

TEST_CASE("gathering: two nodes, one parcel, when the transfer is there") {
    const model::RunRecord record = run_watched(apart());
    CHECK(record.kpi().parcels() == 1);
    CHECK(record.kpi().shipped_units() == 2);
    CHECK(record.kpi().split_rate() == 0);
    CHECK(record.kpi().gathered_parcels() == 1);
    CHECK(record.kpi().transferred_units() == 1);
    // The warehouse's parcel is the cheaper one: the store picks for ten minutes, and its unit travels for four hours.
    CHECK(record.kpi().order_to_door_s().max() == Approx(4 * 3600 + 600).epsilon(0.002));
    CHECK(record.nodes(0).units_shipped() == 2);
    CHECK(record.nodes(1).units_transferred_out() == 1);
    CHECK(cost(record.kpi().cost_terms(), "transfer") == 340);
    CHECK(record.kpi().total_cost() == 1000 + 340);
    CHECK(record.nodes(0).stock_end() == 4);
    CHECK(record.nodes(1).stock_end() == 4);
    const model::NetworkSeries& network = record.network();
    CHECK(network.sent() == 1);
    CHECK(network.gathered() == 1);
    REQUIRE(network.flows_size() == 2);
    CHECK(network.flows(0).node() == "dc");
    CHECK(network.flows(0).place() == "home");
    CHECK(network.flows(0).split_parcels() == 0);
    CHECK(network.flows(1).node() == "shop");
    CHECK(network.flows(1).to_node() == "dc");
    CHECK(network.flows(1).place().empty());
}

TEST_CASE("gathering: shipping now, where it costs less than waiting") {
    model::Scenario scenario = apart();
    scenario.design.split_policy->loss_per_extra_parcel = 0;
    scenario.design.split_policy->loss_per_hour = 2000;
    const model::RunRecord record = run_watched(scenario);
    CHECK(record.kpi().parcels() == 2);
    CHECK(record.kpi().gathered_parcels() == 0);
    CHECK(record.kpi().transferred_units() == 0);
    // One that left before anybody knew that another node would send too is split as well.
    REQUIRE(record.network().flows_size() == 2);
    for (const model::FlowSteps& flow : record.network().flows()) {
        CHECK(flow.parcels() == 1);
        CHECK(flow.split_parcels() == 1);
        CHECK(flow.place() == "home");
    }
}

TEST_CASE("gathering: the unit goes on the truck, where one goes") {
    model::Scenario scenario = apart();
    model::Truck& truck = scenario.network.trucks.emplace_back();
    truck.from = {NodeId(1)};
    truck.to = {NodeId(0)};
    truck.at = {hours(7)};
    truck.takes = model::constant(hours(2));
    truck.cost = 7000;
    const model::RunRecord record = run_watched(scenario);
    CHECK(record.kpi().parcels() == 1);
    CHECK(record.kpi().order_to_door_s().max() == Approx(9 * 3600).epsilon(0.002));
    CHECK(cost(record.kpi().cost_terms(), "transfer") == 7000);
}

TEST_CASE("gathering: a unit that is not there goes its own way, and the rest does not wait for it") {
    model::Scenario scenario = apart("accuracy: {kinds: [store], missing_units: 100%}\n");
    scenario.design.cancel_after = hours(2);
    scenario.design.retry_every = hours(1);
    const model::RunRecord record = run_watched(scenario);
    CHECK(record.kpi().shipped_units() == 1);
    CHECK(record.kpi().cancelled_units() == 1);
    CHECK(record.kpi().transferred_units() == 0);
    CHECK(record.balance().stock_gathered() == 0);
}

TEST_CASE("gathering: a pick-up of what the store does not have is brought there, or refused") {
    const std::string shop =
        "run: {horizon: 30h, drain: 30d, ready_promise: 1h}\n"
        "network: {nodes: !replace {dc: {kind: warehouse, lat: 52, lon: 19}, shop: {kind: store, lat: 52, lon: 21, ships: false, "
        "hands_over: "
        "true}}, places: {home: {lat: 52, lon: 21}}}\nchannels: {web: {methods: {pickup: 100%}}}\n"
        "stock: !replace [{nodes: [dc], each: 5}]\ndemand: {streams: !replace {all: {exactly: 3, until: 1s}}}\n";
    const model::RunRecord refused = run_watched(small_shop(shop));
    CHECK(refused.kpi().orders_accepted() == 0);
    CHECK(refused.kpi().refused_units() == 3);
    for (const char* mode : {"ledger", "reserve_on_order", "check_then_act", "none"}) {
        INFO(mode);
        const model::RunRecord brought = run_watched(small_shop(
            shop +
            "design: {pickup_from_elsewhere: transfer, pickup_transfer: 5h, pickup_transfer_promise: 6h, channels: {web: "
            "{reservation: " +
            mode + (mode == std::string("reserve_on_order") ? ", hold_ttl: 15min" : "") +
            "}}, edges: {orders: {kind: push, from: web}}}\n"));
        CHECK(brought.kpi().orders_accepted() == 3);
        CHECK(brought.kpi().oversold_units() == 0);
        CHECK(brought.kpi().handed_over_units() == 3);
        CHECK(brought.kpi().transferred_units() == 3);
        CHECK(brought.kpi().order_to_ready_s().max() == Approx(5 * 3600).epsilon(0.002));
        CHECK(brought.kpi().promise_kept_rate() == 1);
        CHECK(brought.nodes(1).units_handed_over() == 3);
    }
    const model::RunRecord late =
        run_watched(small_shop(shop + "design: {pickup_from_elsewhere: transfer, pickup_transfer: 5h}\n"));
    CHECK(late.kpi().promise_kept_rate() == 0);
}

TEST_CASE("gathering: what was brought and never fetched stays in the store as stock") {
    const model::RunRecord record = run_watched(
        small_shop("run: {horizon: 30h, drain: 30d, pickup_window: 10h}\n"
                   "network: {nodes: !replace {dc: {kind: warehouse, lat: 52, lon: 19}, shop: {kind: store, lat: 52, "
                   "lon: 21, ships: false, hands_over: "
                   "true}}, places: {home: {lat: 52, lon: 21}}}\nchannels: {web: {methods: {pickup: "
                   "100%}}}\npersonas: {anyone: {collects: 0%}}\n"
                   "stock: !replace [{nodes: [dc], each: 5}]\ndemand: {streams: !replace {all: {exactly: 3, until: 1s}}}\n"
                   "design: {pickup_from_elsewhere: transfer, pickup_transfer: 5h}\n"));
    CHECK(record.balance().units_uncollected() == 3);
    CHECK(record.nodes(1).stock_end() == 3);
    CHECK(record.nodes(1).record_end() == 3);
    CHECK(record.balance().stock_gathered() == 0);
}

TEST_CASE("gathering: what was brought and never fetched is no delivery that the store has ordered") {
    // The store orders its five units at once, for in 60 hours. Three are brought and left there, and walk-in shoppers buy them:
    // five are still on their way.
    const model::RunRecord record = run_watched(small_shop(
        "run: {horizon: 5d, drain: 30d, pickup_window: 10h}\n"
        "network: {nodes: !replace {dc: {kind: warehouse, lat: 52, lon: 19}, shop: {kind: store, lat: 52, lon: 21, ships: false, "
        "hands_over: true}}, places: {home: {lat: 52, lon: 21}}}\n"
        "channels: {web: {methods: {pickup: 100%}}, pos: {kind: pos}}\npersonas: {anyone: {collects: 0%}}\n"
        "stock: !replace [{nodes: [dc], each: 5}]\n"
        "replenishment: [{nodes: [shop], policy: base_stock, up_to: 5, lead_time: 60h}]\n"
        "demand: {streams: !replace {all: {channel: web, exactly: 3, until: 1s}, walk_in: {channel: pos, exactly: 3, from: 1d, "
        "until: 40h}}}\n"
        "design: {pickup_from_elsewhere: transfer, pickup_transfer: 5h, channels: {pos: {reservation: none, decides_on: "
        "shelf}}}\n"));
    CHECK(record.balance().units_uncollected() == 3);
    CHECK(record.nodes(1).units_sold_at_till() == 3);
    CHECK(record.balance().stock_replenished() == 5);
    CHECK(record.nodes(1).stock_end() == 5);
}

TEST_CASE("gathering: nothing is brought to a store that does not hand over any more") {
    Parts parts(shop("  pickup_from_elsewhere: transfer\n"));
    parts.count(kStore, kFirst, 0);
    const core::OrderLine line{kFirst, 2};
    core::RouteRequest request = parts.orders.request_for(kWeb, core::Method::pickup, 0, kStore);
    request.lines = {&line, 1};
    core::Plan plan;
    parts.core.plan(request, plan);
    REQUIRE(plan.outcome == core::PlanOutcome::planned);
    CHECK(plan.lines[0].node == kDc);
    parts.world.services[kStore.value].hands_over = false;
    parts.core.reconfigure();
    parts.core.plan(request, plan);
    CHECK(plan.outcome == core::PlanOutcome::no_node);
}

TEST_CASE("gathering: nothing is brought to a store that refuses to hand over the order") {
    const model::RunRecord record = run_watched(small_shop(
        "run: {horizon: 30h, drain: 30d}\n"
        "network: {nodes: !replace {dc: {kind: warehouse, lat: 52, lon: 19}, shop: {kind: store, lat: 52, lon: 21, ships: false, "
        "hands_over: true, accepts: 0%, refusal_time: 1h}}, places: {home: {lat: 52, lon: 21}}}\n"
        "channels: {web: {methods: {pickup: 100%}}}\nstock: !replace [{each: 5}]\n"
        "demand: {streams: !replace {all: {exactly: 3, until: 1s}}}\n"
        "design: {pickup_from_elsewhere: transfer, pickup_transfer: 5h, cancel_after: 20h, max_reroutes: 5}\n"));
    CHECK(record.kpi().orders_accepted() == 3);
    CHECK(record.kpi().most_reroutes() == 1);  // asked once
    CHECK(record.kpi().transferred_units() == 0);
    CHECK(record.kpi().cancelled_units() == 3);
}

}  // namespace lastunit::sim_tests
