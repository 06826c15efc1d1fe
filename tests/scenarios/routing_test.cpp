// How routing is written in a scenario: rules, protection, split policy; orders and stock in files of their own.
#include <catch2/catch.hpp>

#include "scenarios/order_file.hpp"
#include "scenarios/stock_file.hpp"
#include "tests/scenarios/scenario_files.hpp"

using namespace lastunit;
using namespace lastunit::scenarios;
using namespace lastunit::scenarios::test;

namespace {

const model::Scenario& rules() {
    static const Loaded loaded = load(data_file("rules.yaml"), {}, Library({}));
    for (const Diagnostic& error : loaded.errors) UNSCOPED_INFO(error.text());
    REQUIRE(loaded.scenario);
    return *loaded.scenario;
}

// rules.yaml with its only `from` replaced, and what is then said of it.
std::string errors_with(const std::string& from, const std::string& to) {
    const Folder folder;
    folder.write("good.yaml", read_file(data_file("good.yaml")));
    folder.write("s.yaml", replaced(read_file(data_file("rules.yaml")), from, to));
    return folder.errors("s.yaml");
}

std::string said(const std::vector<Diagnostic>& errors, const std::string& folder) {
    std::string out;
    for (const Diagnostic& error : errors) {
        std::string text = error.text();
        if (text.starts_with(folder)) text.erase(0, folder.size() + 1);
        out += (out.empty() ? "" : "\n") + text;
    }
    return out;
}

}  // namespace

TEST_CASE("load: nodes have groups, ranks, cut-offs and limits of spillover") {
    const model::Network& network = rules().network;
    CHECK(network.node_groups == std::vector<std::string>{"shops", "city"});
    CHECK(network.nodes[0].cut_off() == hours(17));
    CHECK(network.nodes[0].daily_spillover == 500);
    CHECK(network.nodes[1].rank == 2);
    CHECK(network.nodes[2].rank == 1);
    const core::RoutingNetwork routing = network.routing(rules().catalogue);
    CHECK(routing.nodes[0].groups == 0b1);
    CHECK(routing.nodes[1].groups == 0b110010);
    CHECK(routing.nodes[2].groups == 0b010010);
    CHECK(routing.nodes[2].cut_off == hours(24));
    CHECK(routing.nodes[1].opens == hours(9));
    CHECK(routing.home == std::vector<NodeId>{NodeId(1), NodeId(2)});
    CHECK(rules().stock[0].age == hours(24 * 30));
}

TEST_CASE("load: strategies, in order, with every condition, filter and sort") {
    const model::Design& design = rules().design;
    CHECK(design.routing == core::RoutingPolicy::rules);
    REQUIRE(design.rules.strategies.size() == 3);
    const core::Strategy& express = design.rules.strategies[0];
    CHECK(express.name == "express");
    CHECK(express.when.channels == 0b101);
    CHECK(express.when.methods == 0b101);
    CHECK(express.when.value_from == 5'000);
    CHECK(express.when.value_below == 90'000);
    CHECK(express.when.promise_below == hours(6));
    CHECK(express.completeness == core::Completeness::ship_complete);
    REQUIRE(express.filters.size() == 4);
    CHECK(express.filters[0].groups == 0b100001);
    CHECK(express.filters[1].kind == core::FilterKind::within_km);
    CHECK(express.filters[1].value == 40);
    CHECK(express.filters[2].kind == core::FilterKind::before_cut_off);
    CHECK(express.filters[2].value == 30);
    CHECK(express.filters[3].kind == core::FilterKind::open_now);
    CHECK(express.filters[3].strength == core::Strength::soft);
    REQUIRE(express.sorts.size() == 2);
    CHECK(express.sorts[1].key == core::SortKey::load);
    CHECK(express.sorts[1].direction == core::Direction::reversed);

    const core::Strategy& bulky = design.rules.strategies[1];
    CHECK(bulky.when.sku_classes == 0b100);
    CHECK(bulky.when.match == core::LineMatch::all_lines);
    CHECK(bulky.when.zones == std::vector<ZoneId>{ZoneId(1)});
    CHECK(bulky.when.from == hours(22));
    CHECK(bulky.when.to == hours(6));
    CHECK(bulky.when.promise_from == hours(1));
    CHECK(bulky.filters[1].value == 800);
    CHECK(bulky.filters[3].kind == core::FilterKind::safety_stock);
    CHECK(bulky.assign == core::Assign::least_cost);
    CHECK(bulky.lines == core::LineSplit::freely);
    CHECK(bulky.max_nodes == 2);

    const core::Strategy& rest = design.rules.strategies[2];
    CHECK(rest.when.channels == core::kEvery);
    CHECK(rest.sorts[3].key == core::SortKey::age);
    CHECK(rest.assign == core::Assign::sort_first);
}

TEST_CASE("load: protection by node, size and hour, and the split policy") {
    const model::Design& design = rules().design;
    CHECK(design.protection.strength == core::Strength::soft);
    CHECK(design.protection.cost_per_unit == 500);
    CHECK(design.protection.units(NodeId(0), 0, hours(12)) == 0);
    CHECK(design.protection.units(NodeId(1), 0, hours(12)) == 1);
    CHECK(design.protection.units(NodeId(1), 1, hours(16)) == 3);
    CHECK(design.protection.units(NodeId(1), 2, hours(16)) == 1);
    CHECK(design.protection.units(NodeId(1), 1, hours(20)) == 1);
    const Folder folder;
    folder.write("good.yaml", read_file(data_file("good.yaml")));
    folder.write("s.yaml", replaced(read_file(data_file("rules.yaml")), "from: 16:00, to: 20:00", "from: 24:00, to: 02:00"));
    const Loaded midnight = folder.load("s.yaml");
    REQUIRE(midnight.scenario);
    CHECK(midnight.scenario->design.protection.units(NodeId(1), 1, hours(1)) == 3);
    CHECK(midnight.scenario->design.protection.units(NodeId(1), 1, hours(2)) == 1);
    REQUIRE(design.split_policy);
    CHECK(design.split_policy->waiting == core::Waiting::allowed);
    CHECK(design.split_policy->max_sources == 5);
    CHECK(design.split_policy->longest_wait == hours(48));
    CHECK(design.split_policy->decline_cost == 4'000);
    CHECK(rules().accuracy.mismatch == 0.2);
    CHECK(rules().accuracy.damaged == 0.1);
}

TEST_CASE("mistakes: routing, each at its place") {
    CHECK(errors_with("groups: [city], kinds", "groups: [citty], kinds") ==
          "s.yaml:17:21: design.strategies.express.filters[0].groups[0]: unknown node group `citty`; did you mean `city`?");
    CHECK(errors_with("channels: [web]", "channels: [wep]") ==
          "s.yaml:15:25: design.strategies.express.when.channels[0]: unknown channel `wep`; did you mean `web`?");
    CHECK(errors_with("places: [krakow]", "places: [krakov]") ==
          "s.yaml:24:64: design.strategies.bulky.when.places[0]: unknown place `krakov`; did you mean `krakow`?");
    CHECK(errors_with("size_classes: [large]", "size_classes: [huge]") ==
          "s.yaml:24:29: design.strategies.bulky.when.size_classes[0]: unknown size class `huge`; one of small, medium, large");
    CHECK(errors_with("{within_km: 40}", "{within_km: 40, safety_stock: 2}") ==
          "s.yaml:18:11: design.strategies.express.filters[1]: tests several things at once: write each as a filter of its own");
    CHECK(errors_with("{within_km: 40}", "{strength: soft}") ==
          "s.yaml:18:11: design.strategies.express.filters[1]: tests nothing: give one of `groups`, `kinds`, `within_km`, "
          "`capacity_left`, `load_below`, `before_cut_off`, `open_now`, `minimum_stock` and `safety_stock`");
    CHECK(errors_with("{within_km: 40}", "{witin_km: 40}") ==
          "s.yaml:18:11: design.strategies.express.filters[1]: tests nothing: give one of `groups`, `kinds`, `within_km`, "
          "`capacity_left`, `load_below`, `before_cut_off`, `open_now`, `minimum_stock` and `safety_stock`\n"
          "s.yaml:18:12: design.strategies.express.filters[1].witin_km: unknown field `witin_km`; did you mean `within_km`?");
    CHECK(errors_with("value_below: 900 PLN", "value_below: 50 PLN") ==
          "s.yaml:15:119: design.strategies.express.when.value_below: has to be above `value_from`, or no order is meant");
    CHECK(errors_with("[distance, {by: load", "[distances, {by: load") ==
          "s.yaml:21:15: design.strategies.express.sorts[0]: unknown value `distances`; did you mean `distance`?");
    CHECK(errors_with("complete: true", "complete: true\n      max_nodes: 2") ==
          "s.yaml:23:18: design.strategies.express.max_nodes: goes without `complete: true`, which means one parcel");
    CHECK(errors_with("assign: least_cost\n", "assign: in_order\n") ==
          "s.yaml:31:14: design.strategies.bulky.lines: `freely` goes with `assign: least_cost`: in order, a line is split when "
          "it has to be");
    CHECK(errors_with("from: 16:00", "from: 16:30") == "s.yaml:39:63: design.protection.rules[1].from: has to be a full hour");
    CHECK(errors_with("strength: soft\n    cost", "strength: hard\n    cost") ==
          "s.yaml:36:20: design.protection.cost_per_unit: goes with `strength: soft`: hard protection is never taken");
    CHECK(errors_with("may_wait: true\n    max_sources: 5\n    transfer_fixed: 2 PLN\n    transfer_unit: 0.50 PLN\n    "
                      "transfer_takes: 20h\n    longest_wait: 2d\n    loss_per_hour: 0.25 PLN",
                      "max_sources: 5") == "s.yaml:42:18: design.split_policy.max_sources: goes with `may_wait: true`");
    CHECK(errors_with("not_found: 70%", "not_found: 60%") ==
          "s.yaml:51:3: accuracy.pick_failures: the shares of `pick_failures` sum to 90%, not to 100%");
}

TEST_CASE("mistakes: rules without strategies") {
    const Folder folder;
    folder.write("s.yaml", replaced(read_file(data_file("good.yaml")), "routing: cheapest", "routing: rules"));
    CHECK(folder.errors("s.yaml") == "s.yaml:89:12: design.routing: `rules` needs `design.strategies`");
}

TEST_CASE("order file: what it leaves open is what is most usual") {
    const Folder folder;
    const LoadedOrder given = load_order(
        folder.write("o.yaml",
                     "channel: app\nmethod: reserve_in_store\nplace: krakow\nstore: krk-1\nlines: {sku-2: 3, sku-1: 1}\n"),
        rules());
    REQUIRE(given.order);
    CHECK(given.order->channel == ChannelId(1));
    CHECK(given.order->method == core::Method::reserve_in_store);
    CHECK(given.order->place == ZoneId(1));
    CHECK(given.order->store == NodeId(2));
    REQUIRE(given.order->lines.size() == 2);
    CHECK(given.order->lines[0].sku == Sku(1));
    CHECK(given.order->lines[0].quantity == 3);
    CHECK(given.order->value == 3 * rules().catalogue.skus[1].price + rules().catalogue.skus[0].price);
    const LoadedOrder least = load_order(folder.write("p.yaml", "lines: {sku-9: 1}\n"), rules());
    REQUIRE(least.order);
    CHECK(least.order->channel == ChannelId(0));
    CHECK(least.order->method == core::Method::ship);
    CHECK(least.order->place == ZoneId(0));
}

TEST_CASE("order file: each mistake at its place") {
    const Folder folder;
    const auto errors = [&](const std::string& text) {
        return said(load_order(folder.write("o.yaml", text), rules()).errors, folder.path());
    };
    CHECK(errors("channel: wep\nplace: krakov\nlines: {sku-1: 1}\n") ==
          "o.yaml:1:10: channel: unknown channel `wep`; did you mean `web`?\n"
          "o.yaml:2:8: place: unknown place `krakov`; did you mean `krakow`?");
    CHECK(errors("lines:\n  sku-1: 1\n  sku-999: 2\n") ==
          "o.yaml:3:12: lines.sku-999: unknown sku `sku-999`; did you mean `sku-99`?");
    CHECK(errors("lines: {sku-1: 0}\n") == "o.yaml:1:16: lines.sku-1: has to be at least 1, not 0");
    CHECK(errors("method: pickup\nlines: {sku-1: 1}\n") == "o.yaml:1:1: `pickup` needs `store`: where is it collected?");
    CHECK(errors("store: waw-1\nlines: {sku-1: 1}\n") ==
          "o.yaml:1:8: store: goes with a method by which the shopper collects: pickup, reserve_in_store");
    CHECK(errors("chanel: web\n") ==
          "o.yaml:1:1: chanel: unknown field `chanel`; did you mean `channel`?\n"
          "o.yaml:1:1: lines: `lines` is required");
    CHECK(errors("web\n") == "o.yaml: an order is a map of fields: channel, method, place, store, lines");
}

TEST_CASE("stock file: columns in any order, mistakes by line") {
    const Folder folder;
    const LoadedStock stock = load_stock(folder.write("s.csv", "sku,note,units,node\nsku-1,x,7,dc\nsku-2,,3,krk-1\n"), rules());
    CHECK(stock.errors.empty());
    CHECK(stock.units[0] == 7);
    CHECK(stock.units[3 + 2] == 3);
    const auto errors = [&](const std::string& text) {
        return said(load_stock(folder.write("s.csv", text), rules()).errors, folder.path());
    };
    CHECK(errors("node,sku,units\ndk,sku-1,1\ndc,sku-0,1\ndc,sku-1,-1\ndc,sku-1\n") ==
          "s.csv:2: unknown node `dk`; did you mean `dc`?\n"
          "s.csv:3: unknown sku `sku-0`; did you mean `sku-1`?\n"
          "s.csv:4: `-1` is no number of units\n"
          "s.csv:5: has no `units`");
    CHECK(errors("node,item,units\n") == "s.csv:1: has no column `sku`; one of node, item, units");
    CHECK(errors("") == "s.csv: is empty: expected the columns node, sku, units");
}
