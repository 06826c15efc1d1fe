// Mistakes that were made and mended, each with the smallest shop that shows it.
#include <fstream>

#include "reports/balance.hpp"
#include "tests/sim/shops.hpp"

namespace lastunit::sim_tests {

namespace {

// One node, ten hours of Poisson shoppers who want one unit, and what the test adds.
model::RunRecord run_shop(const std::string& yaml, std::uint64_t seed = 1) {
    const std::string file = std::string(LASTUNIT_BINARY_DIR) + "/regression.yaml";
    std::ofstream(file)
        << "title: regression\nextends: validation/one-shop\nrun: {horizon: 10h, drain: 10d, sample_every: 10min}\n"
        << yaml;
    const model::RunRecord record = run(load(file), seed);
    for (const reports::BalanceLine& line : reports::balance(record)) {
        INFO(line.sentence << ": " << line.left << " against " << line.right);
        CHECK(line.closes());
    }
    return record;
}

}  // namespace

TEST_CASE("regression: a slow absolute message undid a newer one, and the channel sold without end") {
    const std::string shop =
        "catalogue: {skus: 100}\nstock: !replace [{each: 10}]\ndemand: {streams: {all: {rate: 30/min}}}\n"
        "personas: {anyone: {patience: 10000d}}\n"
        "design: {channels: {web: {reservation: none, decides_on: view}}, edges: {s: {to: web, kind: push, latency: ";
    // 1,000 units sell out; 0.3 shoppers a minute and SKU come within a lag of 20 s: about a tenth of a unit per SKU is oversold.
    const model::RunRecord constant = run_shop(shop + "20s}}}\n");
    const model::RunRecord overtaking = run_shop(shop + "\"lognormal(20s, cv 1.5)\"}}}\n");
    CHECK(constant.kpi().units_accepted() >= 1000);
    CHECK(constant.kpi().oversold_units() < 30);
    CHECK(overtaking.kpi().oversold_units() < 40);
}

TEST_CASE("regression: a channel that reserves in the core lowered its view a second time when it was paid") {
    const model::RunRecord record = run_shop(
        "stock: !replace [{each: 20}]\ncatalogue: {skus: 10}\npersonas: {anyone: {patience: 10000d, payment_time: 25s}}\n"
        "design: {channels: {web: {reservation: reserve_on_order, hold_ttl: 15min, decides_on: view, deducts_own_sales: true}}, "
        "edges: {s: {to: web, kind: push, latency: 1s}}}\n");
    CHECK(record.kpi().units_accepted() == 200);
    CHECK(record.kpi().undersold_units() == 0);
}

TEST_CASE("regression: deliveries of nobody's channel were left out of the first channel's changes") {
    const model::RunRecord record = run_shop(
        "stock: !replace [{each: 20}]\ninbound: {policy: base_stock, lead_time: 1min}\n"
        "channels: !replace {web: {kind: web}, app: {kind: app}}\npersonas: {anyone: {patience: 10000d, entry: {web: 50%, app: "
        "50%}}}\n"
        "design:\n  channels:\n    web: {reservation: none, decides_on: view, deducts_own_sales: true}\n"
        "    app: {reservation: none, decides_on: view, deducts_own_sales: true}\n"
        "  edges:\n    s: {to: web, kind: push, content: delta}\n    t: {to: app, kind: push, content: delta}\n");
    REQUIRE(record.channels_size() == 2);
    CHECK(record.channels(0).kpi().units_accepted() > 100);
    CHECK(record.channels(1).kpi().units_accepted() > 100);
    CHECK(record.kpi().undersold_units() == 0);
}

TEST_CASE("regression: a hold that had run out was taken for an allocation in the next channel") {
    for (const std::uint64_t seed : {1, 2, 3}) {
        const model::RunRecord record = run_shop(
            "stock: !replace [{each: 50}]\nchannels: !replace {app: {kind: app}, social: {kind: social}}\n"
            "network: {nodes: {dc: {pick: {workers: 1, service: 20min}}}}\ndemand: {streams: {all: {rate: 1/min}}}\n"
            "personas: {anyone: {patience: 10000d, payment_time: 10min, entry: {app: 100%}, retry_elsewhere: 100%, "
            "switches: {app: {app: 95%, social: 5%}, social: {social: 100%}}}}\n"
            "design:\n  channels: !replace\n"
            "    app: {reservation: reserve_on_order, hold_ttl: 1s, decides_on: core, expired_hold: retry}\n"
            "    social: {reservation: none, decides_on: view}\n",
            seed);
        CHECK(record.kpi().oversold_units() > 0);  // social believes its first copy for ever
        CHECK(record.balance().orders_open() == 0);
    }
}

TEST_CASE("regression: an edge to a channel that asks the core wrote into a view that is not there") {
    const model::RunRecord record = run(load("smoke", {{"design.channels.web.decides_on", "core"}}), 1);
    CHECK(record.kpi().orders_accepted() > 100);
}

TEST_CASE("regression: an order whose message was lost never ended") {
    const model::RunRecord record =
        run(load("smoke", {{"design.edges.web-orders.loss", "30%"}, {"run.drain", "20d"}, {"design.retry_every", "1h"}}), 1);
    CHECK(record.balance().orders_open() == 0);
    CHECK(record.kpi().cancelled_orders() > 10);
}

TEST_CASE("regression: who turned to a closed store was no lost sale") {
    const model::RunRecord record = run(
        load("smoke", {{"run.start_of_day", "22:00"},
                       {"stock", "[{kind: warehouse, each: 0}]"},
                       {"personas.anybody_in_town.share", "0%"},
                       {"personas.anybody_online",
                        "{share: 100%, entry: !replace {web: 100%}, switches: !replace {web: {web: 100%}}, add_to_cart: 100%, "
                        "reach_checkout: 100%, complete_checkout: 100%, payment_success: 100%, substitute: 0%, patience: 1h}"}}),
        1);
    CHECK(record.kpi().orders_accepted() == 0);
    CHECK(record.kpi().lost_sales_units() > 1000);
    CHECK(record.kpi().channel_integration_rate() == 0);
    // Each lost wish was refused, by one channel or by several in a row.
    CHECK(record.kpi().lost_sales_units() <= record.kpi().refused_units());
}

TEST_CASE("regression: a piece that a store shopper cut in two was never picked whole, and its order never ended") {
    for (const std::uint64_t seed : {8, 12, 15}) {
        const model::RunRecord record = run(load("smoke", {{"run.drain", "20d"}}), seed);
        INFO("seed " << seed);
        CHECK(record.balance().orders_open() == 0);
    }
}

TEST_CASE("regression: a shopper with an article on two lines took one unit off the shelf with each hand") {
    const model::RunRecord record = run_watched(small_shop(
        "network: {nodes: {store: {kind: store, lat: 52, lon: 19, ships: false}}}\nchannels: !replace {pos: {kind: pos}}\n"
        "personas: {anyone: {same_sku_twice: 100%}}\n"
        "design: {bookkeeping: {check_lines: each}, channels: !replace {pos: {reservation: none, decides_on: shelf}}}\n"));
    CHECK(record.kpi().handed_over_units() == 1);
    CHECK(record.kpi().oversold_units() == 0);
}

}  // namespace lastunit::sim_tests
