// Fields that are well written one by one and do not fit together.
#include <catch2/catch.hpp>

#include "tests/scenarios/bent_files.hpp"

using namespace lastunit::scenarios;
using namespace lastunit::scenarios::test;

TEST_CASE("meaning: shares and rows sum to one") {
    check({
        {"web: {web: 90%, app: 10%}", "web: {web: 90%, app: 15%}",
         "s.yaml:54:7: personas.mobile_explorer.switches.web: the row of `web` sums to 105%, not to 100%"},
        {"entry: {web: 30%, app: 70%}", "entry: {web: 30%}",
         "s.yaml:52:5: personas.mobile_explorer.entry: the shares of `entry` sum to 30%, not to 100%"},
        {"{ship: 70%, pickup: 20%", "{ship: 70%, pickup: 21%",
         "s.yaml:45:20: channels.web.methods: the shares of `methods` sum to 101%, not to 100%"},
        {"share: 45%", "share: 44%", "s.yaml:49:1: personas: the shares of the personas sum to 99%, not to 100%"},
        {"small: 70%", "small: 60%", "s.yaml:10:3: catalogue.size_classes: the shares of `size_classes` sum to 90%, not to 100%"},
    });
}

TEST_CASE("meaning: the retailer") {
    check({
        {"{kind: store, place: warszawa}", "{kind: store}",
         "s.yaml:37:5: network.nodes.waw-1: has no coordinates: give `lat` and `lon`, or `place`"},
        {"      lat: 51.7\n", "", "s.yaml:24:5: network.nodes.dc: has `lon` but no `lat`"},
        {"warm_up: 30min", "warm_up: 30h", "s.yaml:5:51: run.warm_up: has to be shorter than the horizon"},
        {"sample_every: 5min", "sample_every: 1ms",
         "s.yaml:5:126: run.sample_every: is too short: the time series would have more than 1,000,000 steps"},
        {"  skus: 100", "  skus: 0", "s.yaml:7:9: catalogue.skus: has to be at least 1"},
        {"  skus: 100\n", "  skus: 100\n  items: {a: {}}\n",
         "s.yaml:6:1: catalogue: give `skus` or `items`, not both\n"
         "s.yaml:43:29: stock[2].skus[0]: unknown sku `sku-17`; one of a\n"
         "s.yaml:81:60: demand.streams.drop.skus[0]: unknown sku `sku-1`; one of a"},
        {"{zipf: 0.87}", "{table: [1, 2]}", "s.yaml:8:16: catalogue.popularity.table: has 2 weights for 100 SKUs"},
        {", minimum: 5", ", each: 5", "s.yaml:40:5: stock[0]: give `each` or `total`, not both"},
        {"total: 300000, ", "",
         "s.yaml:40:5: stock[0]: one of `each` and `total` is required\n"
         "s.yaml:40:28: stock[0].minimum: goes with `total`"},
        {"- {kind: store, each", "- {kind: dark_store, each",
         "s.yaml:41:12: stock[1].kind: the network has no node of kind `dark_store`"},
    });
}

TEST_CASE("meaning: the demand") {
    check({
        {"flat: {rate: 40/min}", "flat: {from: 1h}",
         "s.yaml:81:5: demand.streams.flat: says no number: give `shoppers`, `rate` or `exactly`"},
        {"flat: {rate: 40/min}", "flat: {rate: 1/s, shoppers: 5}",
         "s.yaml:81:5: demand.streams.flat: give one of `shoppers`, `rate` and `exactly`"},
        {"until: 2h10min", "until: 1h", "s.yaml:80:29: demand.streams.drop.until: has to be after `from`"},
        {"amplitude: 0.5, period: 24h", "amplitude: 0.5",
         "s.yaml:83:34: demand.streams.sine.amplitude: goes with `rate` and `period`"},
        {"hours: [1, 1,", "hours: [1,", "s.yaml:79:27: demand.streams.day.hours: has 23 entries, expected 24"},
        {"two: {pieces", "two: {rate: 1/s, pieces",
         "s.yaml:85:17: demand.streams.two.rate: stands inside the `pieces` when there are any"},
        {"costs: {", "  replay: {file: x.csv, columns: {time: t, order: o, sku: s, quantity: q, price: p}}\ncosts: {",
         "s.yaml:7:9: catalogue.skus: the catalogue of a replay comes from its log: only `size_classes` may be given\n"
         "s.yaml:8:3: catalogue.popularity: the catalogue of a replay comes from its log: only `size_classes` may be given\n"
         "s.yaml:9:10: catalogue.price: the catalogue of a replay comes from its log: only `size_classes` may be given\n"
         "s.yaml:86:3: demand.replay: goes without `streams`: give one of them (a base's streams go with `streams: null`)\n"
         "s.yaml:86:18: demand.replay.file: x.csv: No such file or directory"},
    });
}

TEST_CASE("meaning: the design") {
    check({
        {"hold_ttl: 15min", "buffer: 0", "s.yaml:98:5: design.channels.app: `reserve_on_cart` needs `hold_ttl`, e.g. 15min"},
        {"decides_on: view, nodes: [dc]", "decides_on: shelf, nodes: [dc]",
         "s.yaml:99:50: design.channels.marketplace.decides_on: only a pos or kiosk channel stands before the shelf"},
        {"    marketplace: {reservation: none, decides_on: view, nodes: [dc]}\n", "",
         "s.yaml:96:3: design.channels: channel `marketplace` has no entry: how does it reserve?"},
        {"decides_on: view, nodes: [dc]", "decides_on: view, kinds: [dark_store]",
         "s.yaml:99:56: design.channels.marketplace.kinds: the network has no node of these kinds"},
        {"      ships: true", "      ships: false",
         "s.yaml:47:52: channels.marketplace.methods.ship: none of the channel's nodes ships (`ships: true`)"},
        {"ships: true\n      hands_over: false", "ships: false\n      hands_over: false",
         "s.yaml:47:52: channels.marketplace.methods.ship: none of the channel's nodes ships (`ships: true`)"},
        {"hands_over: true", "hands_over: false",
         "s.yaml:45:49: channels.web.methods.pickup: none of the channel's nodes hands over (`hands_over: true`)\n"
         "s.yaml:46:59: channels.app.methods.reserve_in_store: none of the channel's nodes hands over (`hands_over: true`)"},
        {"{to: app, kind: poll, interval: 1min,", "{kind: poll, interval: 1min,",
         "s.yaml:104:5: design.edges.app-poll: has no channel end: give `to` (stock changes) or `from` (sales)"},
        {"{to: app, kind: poll", "{to: app, from: pos, kind: poll",
         "s.yaml:104:5: design.edges.app-poll: has two channel ends: the other end is always the core; give `to` or `from`"},
        {"kind: poll, interval: 1min", "kind: poll", "s.yaml:104:5: design.edges.app-poll: `poll` needs `interval`, e.g. 15min"},
        {"kind: snapshot, interval: 15min", "kind: snapshot",
         "s.yaml:103:5: design.edges.marketplace-feed: `snapshot` needs `interval`, e.g. 15min"},
        {"kind: cache, ttl: 60s", "kind: cache", "s.yaml:105:5: design.edges.web-cache: `cache` needs `ttl`, e.g. 60s"},
        {"esb: {cores: 2}}", "esb: {cores: 2}, far: {}}", ""},
        {"via: esb, service: 5ms", "via: far, service: 5ms",
         "s.yaml:102:95: design.edges.web-stream.via: unknown host `far`; one of oms, esb"},
        {"[oms, esb]", "[oms, oms]",
         "s.yaml:102:95: design.edges.web-stream.via: cannot be reached: no chain of links joins `esb` and the core's host "
         "`oms`\n"
         "s.yaml:109:15: design.links.oms-esb.between: joins a host with itself"},
        {"via: esb, service", "service",
         "s.yaml:102:99: design.edges.web-stream.service: goes with `via`, the host that does the work"},
    });
}

TEST_CASE("meaning: gates name a KPI of the run record and a bound in its unit") {
    check({
        {"oversell_rate < 0.1%", "oversel_rate < 0.1%",
         "s.yaml:110:9: gates[0]: unknown KPI `oversel_rate`; did you mean `oversell_rate`?"},
        {"oversell_rate < 0.1%", "oversell_rate = 0.1%",
         "s.yaml:110:9: gates[0]: expected `KPI < bound` with <, <=, > or >=, e.g. `oversell_rate < 0.1%`"},
        {"oversell_rate < 0.1%", "oversell_rate < 0.1",
         "s.yaml:110:9: gates[0]: the bound of `oversell_rate`: `0.1` has no unit: expected a share, e.g. 12% (unit: %)"},
        {"fulfilment_time_s.p99", "fulfilment_time_s",
         "s.yaml:110:33: gates[1]: unknown KPI `fulfilment_time_s`; did you mean `fulfilment_time_s.p50`?"},
        {"p99 <= 48h", "p99 <= 48 PLN",
         "s.yaml:110:33: gates[1]: the bound of `fulfilment_time_s.p99`: the unit of `48 PLN` does not fit: expected a time, "
         "e.g. 15s (units: us, ms, s, min, h, d)"},
    });
}

TEST_CASE("meaning: all mistakes are reported at once, in the order of the file") {
    const Folder folder;
    std::string text = read_file(data_file("good.yaml"));
    text = replaced(text, "horizon: 24h", "horizon: 0s");
    text = replaced(text, "place: warszawa}", "plac: warszawa}");
    text = replaced(text, "each: 40", "each: -1");
    text = replaced(text, "ttl: 60s", "tll: 60s");
    folder.write("s.yaml", text);
    CHECK(folder.errors("s.yaml") ==
          "s.yaml:5:37: run.horizon: has to be above 0s, not 0s\n"
          "s.yaml:37:5: network.nodes.waw-1: has no coordinates: give `lat` and `lon`, or `place`\n"
          "s.yaml:37:26: network.nodes.waw-1.plac: unknown field `plac`; did you mean `place`?\n"
          "s.yaml:42:44: stock[2].each: has to be at least 0, not -1\n"
          "s.yaml:105:5: design.edges.web-cache: `cache` needs `ttl`, e.g. 60s\n"
          "s.yaml:105:39: design.edges.web-cache.tll: unknown field `tll`; did you mean `ttl`?");
}
