// What a channel shows: the wrong nodes, allocated units, sums with negative parts, each line without the others.
#include "tests/sim/causes_of.hpp"
#include "tests/sim/parts.hpp"
#include "tests/sim/shops.hpp"

namespace lastunit::sim_tests {

namespace {

using model::Bookkeeping;

constexpr core::Method kShip = core::Method::ship;

// A warehouse for the web and a store for others.
std::string two_nodes(const std::string& stock, const std::string& web) {
    return "run: {horizon: 10h, drain: 10d}\nstock: !replace [" + stock +
           "]\nnetwork: {nodes: {store: {kind: store, lat: 52, lon: 20}}}\n"
           "demand: {streams: !replace {all: {exactly: 100}}}\ndesign: {channels: {web: {decides_on: core, " +
           web + "}}}\n";
}

}  // namespace

TEST_CASE("shows: a channel counts the stock it may sell, or that of nodes from which it may not") {
    const std::string stock = "{nodes: [dc], each: 10}, {nodes: [store], each: 40}";
    const model::RunRecord own = run_watched(small_shop(two_nodes(stock, "reservation: none, nodes: [dc]")));
    CHECK(own.kpi().units_accepted() == 10);
    CHECK(own.kpi().oversold_units() == 0);
    const std::string leaks = ", nodes: [dc], shows_nodes: [dc, store]";
    const model::RunRecord leaked = run_watched(small_shop(two_nodes(stock, "reservation: none" + leaks)));
    CHECK(leaked.kpi().units_accepted() == 100);  // the store's 40 are shown for ever
    CHECK(leaked.kpi().oversold_units() == 90);
    CHECK(oversold_by(leaked, "race") == 90);
    // A core that is asked refuses.
    CHECK(run_watched(small_shop(two_nodes(stock, "reservation: ledger" + leaks))).kpi().oversold_units() == 0);
}

TEST_CASE("shows: a view that leaks other nodes' stock is charged for what it did not look at") {
    model::Scenario scenario = small_shop(
        "run: {horizon: 10h, drain: 10d}\nstock: !replace [{nodes: [dc], each: 10}, {nodes: [store], each: 40}]\n"
        "network: {nodes: {store: {kind: store, lat: 52, lon: 20}}}\ndemand: {streams: !replace {all: {exactly: 100}}}\n"
        "design: {channels: {web: {reservation: none, decides_on: view, nodes: [dc], shows_nodes: [store]}}, edges: {s: {to: "
        "web, "
        "kind: push}}}\n");
    const model::RunRecord record = run_watched(scenario);
    CHECK(record.kpi().oversold_units() == 90);
    CHECK(oversold_by(record, "race") == 90);
}

TEST_CASE("shows: on_hand counts units that are allocated, until they are sent") {
    // Nobody picks before the last shopper has come.
    for (const std::string where : {"core", "view"}) {
        INFO(where);
        const auto shop = [&](const std::string& shows) {
            return small_shop(
                "run: {horizon: 1h, drain: 10d}\nstock: !replace [{each: 10}]\nnetwork: {nodes: {dc: {pick: {workers: 0, "
                "service: "
                "10h}}}}\ndemand: {streams: !replace {all: {exactly: 100}}}\ndesign:\n  bookkeeping: {shows: " +
                shows + "}\n  channels: {web: {reservation: none, decides_on: " + where +
                "}}\n  edges: {s: {to: web, kind: push, latency: 1ms}}\n");
        };
        CHECK(run_watched(shop("atp")).kpi().oversold_units() == 0);
        const model::RunRecord careless = run_watched(shop("on_hand"));
        CHECK(careless.kpi().units_accepted() == 100);
        CHECK(careless.kpi().oversold_units() == 90);
        CHECK(oversold_by(careless, "race") == 90);
    }
}

TEST_CASE("netting: a store of which more is sold than it has hides what the warehouse has") {
    const std::string design = "  edges: {s: {to: web, kind: push}}\n";
    for (const std::string where : {"core", "view"}) {
        INFO(where);
        model::Scenario scenario = shop(design);
        scenario.network.nodes[1].ships = true;
        scenario.design.channels[0].decides_on = where == "core" ? model::DecidesOn::core : model::DecidesOn::view;
        for (const auto netting : {Bookkeeping::Netting::per_node, Bookkeeping::Netting::over_nodes}) {
            scenario.design.bookkeeping.netting = netting;
            Parts parts(scenario);
            // Eight of ten are allocated at the store when a count finds that none is there: eight short, ten in the warehouse.
            const core::Line promised{kStore, kFirst, 8};
            parts.core.allocate(OrderId(1), kWeb, {&promised, 1});
            CHECK(parts.channels.shown(kWeb, kFirst, kShip, kStore) == 12);
            parts.count(kStore, kFirst, 0);
            parts.until(seconds(1));
            const bool nets = netting == Bookkeeping::Netting::over_nodes;
            CHECK(parts.channels.shown(kWeb, kFirst, kShip, kStore) == (nets ? 2 : 10));
            CHECK(parts.channels.shown(kWeb, kSecond, kShip, kStore) == 20);
            const auto cause = parts.causes.undersold(kWeb, kFirst, kShip, kStore, 3, sim::Refused::out_of_stock);
            if (nets) CHECK(cause == model::UndersoldCause::phantom_shortage);
        }
    }
}

TEST_CASE("netting: negative stock at one node loses the sales of the other") {
    // The app promises the store's units for pick-up, and then the till sells them: the store's record is short of ten, and the
    // warehouse has ten that nobody was promised.
    const auto shop = [](const std::string& netting) {
        return small_shop(
            "run: {horizon: 10h, drain: 10d}\nstock: !replace [{nodes: [dc], each: 10}, {nodes: [store], each: 15}]\n"
            "network: {places: {town: {lat: 52, lon: 20}}, nodes: {store: {kind: store, lat: 52, lon: 20, hands_over: true, "
            "pick: "
            "{workers: 0, service: 20h}}}}\nchannels: {app: {kind: app, methods: {pickup: 100%}}, pos: {kind: pos}}\n"
            "demand: {streams: !replace {pickups: {exactly: 15, until: 1h, channel: app}, till: {exactly: 10, from: 2h, until: "
            "3h, "
            "channel: pos}, late: {exactly: 20, from: 4h, channel: web}}}\ndesign:\n  bookkeeping: {netting: " +
            netting +
            "}\n  channels: {web: {reservation: ledger, decides_on: core}, app: {reservation: ledger, decides_on: core}, pos: "
            "{reservation: none}}\n");
    };
    const model::RunRecord sound = run_watched(shop("per_node"));
    CHECK(sound.channels(0).kpi().units_accepted() == 10);
    CHECK(sound.channels(0).kpi().undersold_units() == 0);
    const model::RunRecord hidden = run_watched(shop("over_nodes"));
    CHECK(hidden.channels(0).kpi().units_accepted() == 0);
    CHECK(hidden.channels(0).kpi().undersold_units() == 20);  // each of the twenty could have been served
    CHECK(undersold_by(hidden, "phantom_shortage") == 20);
}

TEST_CASE("lines: two of one article in a basket are checked together, or each as if it were alone") {
    for (const std::string mode : {"none", "check_then_act", "read_modify_write"}) {
        INFO(mode);
        const auto shop = [&](const std::string& check) {
            return small_shop(
                "run: {horizon: 10h, drain: 10d}\nstock: !replace [{each: 1}]\npersonas: {anyone: {same_sku_twice: "
                "100%}}\ndemand: {streams: !replace {all: {exactly: 1}}}\ndesign:\n  bookkeeping: {check_lines: " +
                check + "}\n  channels: {web: {reservation: " + mode + ", decides_on: core}}\n");
        };
        const model::RunRecord summed = run_watched(shop("summed"));
        CHECK(summed.kpi().units_accepted() == 1);
        CHECK(summed.kpi().oversold_units() == 0);
        CHECK(summed.kpi().undersold_units() == 0);
        const model::RunRecord each = run_watched(shop("each"));
        CHECK(each.kpi().units_accepted() == 2);
        CHECK(each.kpi().oversold_units() == 1);
        CHECK(oversold_by(each, "race") == 1);
    }
}

TEST_CASE("lines: modes that take what they check are not misled by lines checked alone") {
    for (const std::string mode : {"ledger", "optimistic", "row_lock", "atomic_decrement", "escrow"}) {
        INFO(mode);
        const model::RunRecord record = run_watched(
            small_shop("run: {horizon: 10h, drain: 10d}\nstock: !replace [{each: 1}]\npersonas: {anyone: {same_sku_twice: "
                       "100%}}\ndemand: {streams: !replace {all: {exactly: 1}}}\ndesign:\n  bookkeeping: {check_lines: each}\n"
                       "  pools: {}\n  channels: {web: {reservation: " +
                       mode + ", decides_on: core}}\n"));
        CHECK(record.kpi().oversold_units() == 0);
        CHECK(record.kpi().units_accepted() <= 1);
    }
}

}  // namespace lastunit::sim_tests
