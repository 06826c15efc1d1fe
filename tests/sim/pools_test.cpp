// Quotas: how they are dealt, what they lose against stock that all share, and what dealing anew gives back.
#include <cmath>

#include "tests/sim/parts.hpp"
#include "tests/sim/shops.hpp"

namespace lastunit::sim_tests {

namespace {

// Two channels with a quota each, and what the test adds to the design.
std::string two_channels(const std::string& pools, const std::string& edges = "") {
    return "channels: {app: {kind: app}}\npersonas: {anyone: {entry: {web: 50%, app: 50%}}}\n"
           "design:\n  channels: {web: {reservation: escrow, decides_on: core}, app: {reservation: escrow, decides_on: core}}\n"
           "  pools: {" +
           pools + "}\n" + edges;
}

std::uint64_t undersold_by(const model::RunRecord& record, const std::string& cause) {
    for (const model::CauseCount& count : record.kpi().undersold_causes())
        if (count.cause() == cause) return count.units();
    return 0;
}

}  // namespace

TEST_CASE("pools: what is there is dealt out whole, to each its share and on average exactly") {
    model::Scenario scenario =
        small_shop("catalogue: {skus: 2000}\nstock: !replace [{each: 7}]\n" + two_channels("shares: {web: 60%, app: 40%}"));
    Parts parts(scenario);
    parts.pools.start();
    double web = 0;
    for (std::uint32_t sku = 0; sku < 2000; ++sku) {
        const Quantity first = parts.pools.quota(ChannelId(0), Sku(sku));
        const Quantity second = parts.pools.quota(ChannelId(1), Sku(sku));
        REQUIRE(first + second == 7);
        REQUIRE((first == 4 || first == 5));  // 4.2
        web += first;
    }
    CHECK(std::abs(web / 2000 - 4.2) < 4 * std::sqrt(0.2 * 0.8 / 2000));
}

TEST_CASE("pools: a channel sells its quota and no more, and gives back what is not paid for") {
    model::Scenario scenario = small_shop("stock: !replace [{each: 10}]\n" + two_channels("shares: {web: 50%, app: 50%}"));
    Parts parts(scenario);
    parts.pools.start();
    const ChannelId web{0};
    CHECK(parts.pools.sell(web, kFirst, 5));
    CHECK_FALSE(parts.pools.sell(web, kFirst, 1));
    CHECK(parts.pools.undealt(web, kFirst) == 5);
    parts.pools.settle(web, kFirst, 2, sim::Settled::returned);
    CHECK(parts.pools.quota(web, kFirst) == 2);
    CHECK(parts.pools.undealt(web, kFirst) == 7);
    // What is sold and not yet heard of is not dealt again.
    parts.pools.turn(sim::kNone);
    CHECK(parts.pools.quota(web, kFirst) + parts.pools.quota(ChannelId(1), kFirst) == 7);
}

TEST_CASE("pools: nodes that some channels alone sell from are dealt to them alone") {
    model::Scenario scenario = small_shop(
        "stock: !replace [{nodes: [dc], each: 10}, {nodes: [shop], each: 4}]\n"
        "network: {nodes: {shop: {kind: store, lat: 52, lon: 20}}}\n" +
        two_channels("shares: {web: 50%, app: 50%}"));
    scenario.design.channels[0].nodes = {NodeId(0)};
    Parts parts(scenario);
    parts.pools.start();
    CHECK(parts.pools.quota(ChannelId(0), kFirst) == 5);
    CHECK(parts.pools.quota(ChannelId(1), kFirst) == 9);
}

TEST_CASE("pools: split stock loses what the d family of reference cases says, shared stock loses less") {
    // 25 units of a SKU, two channels with Poisson demand of mean 10 each: E(N - S)+ of the shared stock is .3308281 units lost
    // per SKU; 12 units for one channel and 13 for the other lose .8533890 (family d of the reference cases, as
    // validation/d_pools).
    constexpr int kSkus = 4000;
    const std::string shop = "run: {horizon: 10h, drain: 10d}\ncatalogue: {skus: " + std::to_string(kSkus) +
                             "}\nstock: !replace [{each: 25}]\n"
                             "demand: {streams: !replace {all: {rate: " +
                             std::to_string(kSkus * 2) + "/h}}}\n";
    const auto lost_per_sku = [](const model::Scenario& scenario) {
        const model::Kpi kpi = run(scenario, 1).kpi();
        CHECK(kpi.oversold_units() == 0);
        return static_cast<double>(kpi.lost_sales_units()) / kSkus;
    };
    const double split = lost_per_sku(small_shop(shop + two_channels("")));
    const double shared = lost_per_sku(
        small_shop(shop + "channels: {app: {kind: app}}\npersonas: {anyone: {entry: {web: 50%, app: 50%}}}\n"
                          "design: {channels: {web: {reservation: ledger, decides_on: core}, app: {reservation: ledger, "
                          "decides_on: core}}}\n"));
    // Lost units per SKU have a standard deviation of about 1.2 (shared) and 1.8 (split).
    INFO("split " << split << ", shared " << shared);
    CHECK(std::abs(shared - .3308281) < 3 * 1.2 / std::sqrt(kSkus));
    CHECK(std::abs(split - .8533890) < 3 * 1.8 / std::sqrt(kSkus));
}

TEST_CASE("pools: dealt anew often enough, a quota loses nothing against shared stock") {
    const std::string shop =
        "run: {horizon: 10h, drain: 10d}\ncatalogue: {skus: 20}\nstock: !replace [{each: 25}]\n"
        "demand: {streams: !replace {all: {rate: 100/h}}}\n";
    const model::Kpi never = run_watched(small_shop(shop + two_channels(""))).kpi();
    const model::Kpi often = run_watched(small_shop(shop + two_channels("rebalance_every: 1s"))).kpi();
    const model::Kpi refilled = run_watched(small_shop(shop + two_channels("refill_below: 2, refill_time: 1s"))).kpi();
    CHECK(never.undersold_units() > 60);
    CHECK(undersold_by(run_watched(small_shop(shop + two_channels(""))), "pool_split") == never.undersold_units());
    CHECK(often.undersold_units() < 20);  // the very last unit is in one quota
    CHECK(refilled.undersold_units() < 30);
    for (const model::Kpi& kpi : {never, often, refilled}) {
        CHECK(kpi.oversold_units() == 0);
        CHECK(kpi.cancelled_units() == 0);
    }
}

TEST_CASE("pools: nothing is sold twice while the core hears late, however often it is dealt anew") {
    for (const std::string loss : {"0%", "30%"}) {
        INFO(loss);
        const std::string edges =
            "  cancel_after: 20h\n  edges: {w: {from: web, kind: push, latency: 'exponential(1h)', loss: " + loss +
            "}, a: {from: app, kind: push, latency: 'exponential(1h)', loss: " + loss + "}}\n";
        const model::RunRecord record =
            run_watched(small_shop("run: {horizon: 10h, drain: 30d}\ncatalogue: {skus: 5}\nstock: !replace [{each: 30}]\n"
                                   "demand: {streams: !replace {all: {exactly: 400}}}\n" +
                                   two_channels("rebalance_every: 10min, refill_below: 3, refill_time: 1min", edges)));
        CHECK(record.kpi().oversold_units() == 0);
        CHECK(record.kpi().units_accepted() == 150);
    }
}

TEST_CASE("pools: what tills sell is not off the quotas before the next deal") {
    const std::string shop =
        "run: {horizon: 10h, drain: 10d}\nstock: !replace [{nodes: [store], each: 40}]\n"
        "network: {nodes: {store: {kind: store, lat: 52, lon: 20}}}\nchannels: {pos: {kind: pos}}\n"
        "personas: {anyone: {entry: {web: 50%, pos: 50%}}}\n"
        "demand: {streams: !replace {all: {exactly: 100}}}\ndesign: {channels: {web: {reservation: escrow, decides_on: core}, "
        "pos: "
        "{reservation: none}}, pools: {";
    const model::RunRecord never = run_watched(small_shop(shop + "}}\n"));
    const model::RunRecord often = run_watched(small_shop(shop + "rebalance_every: 1s}}\n"));
    const auto online = [](const model::RunRecord& record) { return record.channels(0).kpi().oversold_units(); };
    CHECK(online(never) > 5);
    CHECK(online(often) == 0);
}

}  // namespace lastunit::sim_tests
