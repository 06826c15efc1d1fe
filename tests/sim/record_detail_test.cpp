// What a record breaks its figures down to: SKUs, paths, times and the network over time, by cases that can be counted by hand.
#include <map>
#include <numeric>

#include "sim/network_steps.hpp"
#include "sim/record_fields.hpp"
#include "tests/sim/parts.hpp"
#include "tests/sim/shops.hpp"

namespace lastunit::sim_tests {

namespace {

using Counts = std::vector<std::uint32_t>;

template <class Values> std::uint64_t sum(const Values& values) {
    return std::accumulate(values.begin(), values.end(), std::uint64_t{0});
}
std::vector<std::string> names(const model::JourneyPath& path) { return {path.channels().begin(), path.channels().end()}; }

// Shoppers who browse in the web and buy at the till; so many units there.
std::string webroomers(int shoppers, int units) {
    return "run: {horizon: 2h, drain: 1d, sample_every: 1min}\nstock: !replace [{each: " + std::to_string(units) +
           "}]\nnetwork: {nodes: !replace {store: {kind: store, lat: 52, lon: 19}}}\nchannels: {till: {kind: pos}}\n"
           "personas: {anyone: {share: 100%, entry: {web: 100%}, switches: {web: {till: 100%}}}}\n"
           "demand: {streams: !replace {all: {exactly: " +
           std::to_string(shoppers) + ", until: 1h}}}\n";
}

}  // namespace

TEST_CASE("record: what was oversold of a SKU, by cause and channel, worst first") {
    Parts parts(shop(""));
    parts.order_on_web(kSecond, 11);  // the warehouse has ten of each
    parts.order_on_web(kFirst, 12);
    parts.order_on_web(kFirst, 1);
    parts.sell_at_till(kThird, 3);
    parts.recorder.skus.undersold(kThird, 5);
    model::RunRecord record;
    parts.recorder.skus.fill(record);
    REQUIRE(record.worst_skus_size() == 3);
    const model::SkuKpi& worst = record.worst_skus(0);
    CHECK(worst.sku() == parts.world.scenario.catalogue.skus[0].name);
    CHECK(worst.units_accepted() == 13);
    CHECK(worst.oversold_units() == 3);
    CHECK(worst.oversold_value() == 3 * parts.world.scenario.catalogue.skus[0].price);
    std::uint64_t by_cause = 0;
    for (const model::CauseCount& cause : worst.oversold_causes()) {
        CHECK(cause.units() > 0);
        by_cause += cause.units();
    }
    CHECK(by_cause == 3);
    REQUIRE(worst.channels_size() == 1);
    CHECK(worst.channels(0).channel() == "web");
    CHECK(worst.channels(0).oversold_units() == 3);
    CHECK(record.worst_skus(1).oversold_units() == 1);
    CHECK(record.worst_skus(2).undersold_units() == 5);
    CHECK(record.worst_skus(2).units_accepted() == 3);
    CHECK(record.worst_skus(2).oversold_causes().empty());
    REQUIRE(record.sku_classes_size() == 3);
    std::uint64_t skus = 0, accepted = 0, oversold = 0;
    for (const model::SkuClassKpi& part : record.sku_classes())
        skus += part.skus(), accepted += part.units_accepted(), oversold += part.oversold_units();
    CHECK(skus == 3);
    CHECK(accepted == 11 + 12 + 1 + 3);
    CHECK(oversold == 4);
}

TEST_CASE("record: of SKUs that did as badly the first is named first, and no more than ten are") {
    Parts parts(small_shop("catalogue: {skus: 20}\n"));
    for (std::uint32_t sku = 20; sku-- > 0;) parts.recorder.skus.undersold(Sku(sku), sku == 17 ? 2 : 1);
    model::RunRecord record;
    parts.recorder.skus.fill(record);
    REQUIRE(record.worst_skus_size() == 10);
    const auto& skus = parts.world.scenario.catalogue.skus;
    CHECK(record.worst_skus(0).sku() == skus[17].name);
    for (int i = 1; i < 10; ++i) CHECK(record.worst_skus(i).sku() == skus[static_cast<std::size_t>(i) - 1].name);
}

TEST_CASE("record: shoppers who come for a part of the horizon are a drop; those who come all day are none") {
    const auto drops = [](const std::string& streams) {
        Parts parts(small_shop("run: {horizon: 2h, drain: 1d}\ndemand: {streams: !replace {" + streams + "}}\n"));
        model::RunRecord record;
        sim::fill_drops(record, parts.world.scenario);
        return record;
    };
    CHECK(drops("all: {rate: 1/s}, most: {rate: 1/s, until: 1h}").drops_size() == 0);
    const model::RunRecord record = drops(
        "evening: {pieces: [{from: 70min, until: 80min, rate: 1/s}, {from: 80min, until: 90min, rate: 2/s}]}, "
        "late: {rate: 1/s, from: 115min, until: 3h}");
    REQUIRE(record.drops_size() == 2);
    CHECK(record.drops(0).name() == "evening");
    CHECK(record.drops(0).from_s() == 4200);
    CHECK(record.drops(0).until_s() == 5400);
    CHECK(record.drops(1).until_s() == 7200);  // the horizon
    CHECK(record.drops(1).skus().empty());
}

TEST_CASE("record: five who look in the web and go to the shop, where three units are") {
    const model::RunRecord record = run_watched(small_shop(webroomers(5, 3)));
    REQUIRE(record.paths_size() == 1);
    CHECK(names(record.paths(0)) == std::vector<std::string>{"web", "till"});
    CHECK(record.paths(0).shoppers() == 5);
    CHECK(record.paths(0).buyers() == 3);
    REQUIRE(record.switches_size() == 1);
    CHECK(record.switches(0).count() == 5);
    CHECK(record.switches(0).bought() == 3);
    CHECK(record.sku_classes(0).name() == "A");
    CHECK(record.sku_classes(0).skus() == 1);
    CHECK(record.sku_classes(0).units_accepted() == 3);
    CHECK(record.sku_classes(0).lost_sales_units() == 2);
    CHECK(record.sku_classes(2).skus() == 0);
    CHECK(record.worst_skus().empty());  // nothing was oversold or undersold
    REQUIRE(record.personas_size() == 1);
    CHECK(record.personas(0).funnel().arrived() == 5);
    CHECK(record.personas(0).funnel().paid() == 3);
    CHECK(record.personas(0).funnel().received() == 3);
    CHECK(record.times().empty());  // nobody waited for anything
    CHECK(sum(record.network().nodes(0).sold_at_till()) == 3);
    CHECK(record.network().flows().empty());
    const auto& stock = record.network().nodes(0).stock();
    CHECK(stock[stock.size() - 1] == 0);
}

TEST_CASE("record: a path has six channels, and who goes on stays on it") {
    Parts parts(shop(""));
    sim::Paths& paths = parts.recorder.paths;
    sim::Paths::Path far = paths.begin(kWeb);
    for (int i = 0; i < 9; ++i) far = paths.go_on(far, i % 2 == 0 ? kPos : kWeb);
    paths.bought(far);
    const sim::Paths::Path stays = paths.begin(kPos);
    CHECK(paths.go_on(stays, kPos) == stays);
    paths.begin(kPos);
    model::RunRecord record;
    paths.fill(record);
    REQUIRE(record.paths_size() == 2);
    CHECK(names(record.paths(0)) == std::vector<std::string>{"pos"});
    CHECK(record.paths(0).shoppers() == 2);
    CHECK(names(record.paths(1)) == std::vector<std::string>{"web", "pos", "web", "pos", "web", "pos"});
    CHECK(record.paths(1).shoppers() == 1);
    CHECK(record.paths(1).buyers() == 1);
    CHECK_FALSE(record.has_other_paths());
}

TEST_CASE("record: paths go where the switches say") {
    const model::RunRecord record = run(load("smoke"), 1);
    std::map<std::pair<std::string, std::string>, std::pair<std::uint64_t, std::uint64_t>> gone;  // switched, bought after it
    REQUIRE_FALSE(record.has_other_paths());
    for (const model::JourneyPath& path : record.paths()) {
        REQUIRE(path.channels_size() < 6);
        for (int i = 1; i < path.channels_size(); ++i) gone[{path.channels(i - 1), path.channels(i)}].first += path.shoppers();
        if (const int last = path.channels_size() - 1; last > 0)
            gone[{path.channels(last - 1), path.channels(last)}].second += path.buyers();
    }
    CHECK(static_cast<std::size_t>(record.switches_size()) == gone.size());
    std::uint64_t bought = 0;
    for (const model::SwitchCount& count : record.switches()) {
        INFO(count.from() << " to " << count.to());
        CHECK(gone[{count.from(), count.to()}].first == count.count());
        CHECK(gone[{count.from(), count.to()}].second == count.bought());
        bought += count.bought();
    }
    CHECK(bought > 20);
}

TEST_CASE("record: four who fetch what was picked in ten minutes") {
    const model::RunRecord record = run_watched(small_shop(
        "run: {horizon: 2h, drain: 10d, sample_every: 1min}\nstock: !replace [{each: 10}]\n"
        "network: {nodes: !replace {store: {kind: store, lat: 52, lon: 19, hands_over: true, pick: {service: 10min}}}}\n"
        "channels: {web: {methods: {pickup: 100%}}}\ndemand: {streams: !replace {all: {exactly: 4, until: 1h}}}\n"));
    REQUIRE(record.times_size() == 1);
    CHECK(record.times(0).method() == "pickup");
    REQUIRE(record.times(0).count_size() == 11);
    CHECK(record.times(0).count(10) == 4);  // ten minutes, and less than eleven
    CHECK(record.times(0).upper_s(10) == 660);
    CHECK(record.network().sent() == 0);
    CHECK(record.network().collected() == 4);
    REQUIRE(record.network().flows_size() == 1);
    CHECK(record.network().flows(0).node() == "store");
    CHECK(record.network().flows(0).to_node() == "store");
    CHECK(record.network().flows(0).place().empty());
    CHECK(record.network().flows(0).parcels() == 4);
    CHECK(record.network().nodes(0).busy_s().empty());  // as many people as it takes
}

TEST_CASE("record: one person at work from eight to noon and two hours beyond, hour by hour") {
    // Ten orders at midnight, an hour of work each.
    const model::RunRecord record = run_watched(small_shop(
        "run: {horizon: 24h, drain: 10d, sample_every: 1h, start_of_day: \"00:00\"}\ncatalogue: {skus: 1}\n"
        "stock: !replace [{each: 1000}]\nnetwork: {nodes: !replace {store: {kind: store, lat: 52, lon: 20, pick: {service: 1h}, "
        "team: {roster: [{from: 08:00, to: 12:00, workers: 1}], overtime: 2h}}}}\n"
        "demand: {streams: !replace {all: {exactly: 10, from: 0s, until: 1ms}}}\n"));
    CHECK(record.network().step_s() == 3600);
    const model::NodeSteps& node = record.network().nodes(0);
    REQUIRE(node.busy_s_size() == 24);
    for (int hour = 0; hour < 24; ++hour) {
        INFO(hour);
        CHECK(node.busy_s(hour) == Approx(hour >= 8 && hour < 14 ? 3600 : 0).margin(1));
        CHECK(node.staffed_s(hour) == Approx(hour >= 8 && hour < 12 ? 3600 : 0).margin(1));
        if (hour < 8) CHECK(node.open_lines(hour) == 10);
        if (hour > 14) CHECK(node.open_lines(hour) == 4);
        if (hour < 8) CHECK(node.stock(hour) == 1000);
        if (hour > 14) CHECK(node.stock(hour) == 994);
    }
    CHECK(sum(node.shipped()) == 6);  // the other four the day after
    REQUIRE(record.network().flows_size() == 1);
    CHECK(record.network().flows(0).parcels() == 10);
    CHECK(sum(record.network().flows(0).steps()) == 6);
}

// It crashed: the one step of such a run ends in the drain.
TEST_CASE("record: a step of the series that is longer than the horizon is one step of the network") {
    const model::RunRecord record = run_watched(small_shop(
        "run: {horizon: 1h, drain: 10d, sample_every: 6h, start_of_day: \"08:00\"}\ncatalogue: {skus: 1}\n"
        "stock: !replace [{each: 1000}]\nnetwork: {nodes: !replace {store: {kind: store, lat: 52, lon: 20, pick: {service: 1h}, "
        "team: {workers: 1}}}}\ndemand: {streams: !replace {all: {exactly: 10, from: 0s, until: 1ms}}}\n"));
    REQUIRE(record.series().stock_size() == 1);
    CHECK(record.network().step_s() == 6 * 3600);
    const model::NodeSteps& node = record.network().nodes(0);
    REQUIRE(node.busy_s_size() == 1);
    CHECK(node.busy_s(0) == Approx(6 * 3600).margin(1));
    CHECK(node.staffed_s(0) == Approx(6 * 3600).margin(1));
}

TEST_CASE("record: a job that spans steps is at work in each of them") {
    Parts parts(small_shop("network: {nodes: {dc: {team: {workers: 1}}}}\nrun: {horizon: 10h, sample_every: 1h}\n"));
    sim::NetworkSteps& network = parts.recorder.network;
    parts.until(minutes(30));
    network.worked(kDc, minutes(105));
    for (int i = 0; i < 10; ++i) network.sample();
    network.worked(kDc, hours(20));  // until long after the horizon of ten hours
    model::NetworkSeries out;
    network.fill(out);
    const auto& busy = out.nodes(0).busy_s();
    REQUIRE(busy.size() == 10);
    CHECK(busy[0] == 1800 + 1800);
    CHECK(busy[1] == 3600 + 3600);
    CHECK(busy[2] == 15 * 60 + 3600);
    CHECK(busy[9] == 3600);
}

TEST_CASE("record: the network has at most 96 steps, of a length that leaves none over") {
    const auto steps_of = [](const char* run) {
        Parts parts(small_shop(std::string("run: {drain: 1d, ") + run + "}\n"));
        model::NetworkSeries out;
        const auto samples = parts.world.scenario.run.horizon.us / parts.world.scenario.run.sample_every.us;
        for (std::int64_t i = 0; i < samples; ++i) parts.recorder.network.sample();
        parts.recorder.network.fill(out);
        return std::pair(out.step_s(), out.nodes(0).stock_size());
    };
    CHECK(steps_of("horizon: 24h, sample_every: 1min") == std::pair(900.0, 96));
    CHECK(steps_of("horizon: 24h, sample_every: 1h") == std::pair(3600.0, 24));
    CHECK(steps_of("horizon: 30d, sample_every: 1h") == std::pair(8 * 3600.0, 90));
    CHECK(steps_of("horizon: 97min, sample_every: 1min") == std::pair(120.0, 48));
    CHECK(steps_of("horizon: 1h, sample_every: 2h") == std::pair(7200.0, 0));
}

TEST_CASE("record: with a warm-up the details of KPIs leave it out, and those of the whole run do not") {
    const model::RunRecord record = run(load("smoke", {{"run.warm_up", "2h"}}), 1);
    for (const reports::BalanceLine& line : reports::balance(record)) {
        INFO(line.sentence << ": " << line.left << " against " << line.right);
        CHECK(line.closes());
    }
    std::uint64_t accepted = 0, timed = 0;
    for (const model::SkuClassKpi& part : record.sku_classes()) accepted += part.units_accepted();
    CHECK(accepted == record.balance().units_accepted());
    CHECK(accepted > record.kpi().units_accepted());
    for (const model::TimeDistribution& times : record.times()) timed += sum(times.count());
    CHECK(timed == record.kpi().fulfilment_time_s().count());
}

}  // namespace lastunit::sim_tests
