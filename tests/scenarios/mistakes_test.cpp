// Every class of mistake, with the whole text that a person reads. Each row bends data/good.yaml in one place.
#include <catch2/catch.hpp>

#include "tests/scenarios/bent_files.hpp"

using namespace lastunit::scenarios;
using namespace lastunit::scenarios::test;

TEST_CASE("mistakes: names that are not there, with the nearest that is") {
    check({
        {"horizon: 24h", "horizon: 24h, hroizon: 1h",
         "s.yaml:5:42: run.hroizon: unknown field `hroizon`; did you mean `horizon`?"},
        {"kind: warehouse\n", "kind: warehose\n",
         "s.yaml:25:13: network.nodes.dc.kind: unknown value `warehose`; did you mean `warehouse`?"},
        {"place: warszawa}", "place: warsawa}",
         "s.yaml:37:33: network.nodes.waw-1.place: unknown place `warsawa`; did you mean `warszawa`?"},
        {"{nodes: [dc], total", "{nodes: [cd], total", "s.yaml:40:14: stock[0].nodes[0]: unknown node `cd`; did you mean `dc`?"},
        {"[sku-17]", "[sku-107]", "s.yaml:42:29: stock[2].skus[0]: unknown sku `sku-107`; the catalogue has sku-1 to sku-100"},
        {"web: {web: 90%, app: 10%}", "web: {web: 90%, ap: 10%}",
         "s.yaml:54:23: personas.mobile_explorer.switches.web.ap: unknown channel `ap`; did you mean `app`?"},
        {"persona: bargain_hunter", "persona: bargain_hunters",
         "s.yaml:80:77: demand.streams.drop.persona: unknown persona `bargain_hunters`; did you mean `bargain_hunter`?"},
        {"via: esb", "via: esp", "s.yaml:102:95: design.edges.web-stream.via: unknown host `esp`; did you mean `esb`?"},
        {"[oms, esb]", "[oms, esp]", "s.yaml:109:30: design.links.oms-esb.between[1]: unknown host `esp`; did you mean `esb`?"},
        {"    pos: {reservation", "    pso: {reservation",
         "s.yaml:100:5: design.channels.pso: unknown channel `pso`; did you mean `pos`?"},
        {"{ship: 70%, pickup", "{ships: 70%, pickup",
         "s.yaml:45:30: channels.web.methods.ships: unknown value `ships`; did you mean `ship`?"},
    });
}

TEST_CASE("mistakes: units, types and ranges") {
    check({
        {"drain: 96h", "drain: 96",
         "s.yaml:5:65: run.drain: `96` has no unit: expected a time, e.g. 15s (units: us, ms, s, min, h, d)"},
        {"start_of_day: 08:00", "start_of_day: 8h",
         "s.yaml:5:21: run.start_of_day: the unit of `8h` does not fit: expected a time of day, e.g. 08:00"},
        {"parcel_cost: 9 PLN", "parcel_cost: 9 EUR",
         "s.yaml:35:20: network.nodes.dc.parcel_cost: the unit of `9 EUR` does not fit: expected an amount, e.g. 99.90 PLN "
         "(unit: PLN)"},
        {"cost_per_km: 0.01 PLN", "cost_per_km: 0.005 PLN",
         "s.yaml:12:16: network.cost_per_km: is finer than the smallest amount, 0.01 PLN"},
        {"loss: 1%", "loss: 0.01",
         "s.yaml:103:95: design.edges.marketplace-feed.loss: `0.01` has no unit: expected a share, e.g. 12% (unit: %)"},
        {"loss: 1%", "loss: 101%", "s.yaml:103:95: design.edges.marketplace-feed.loss: has to be at most 100%, not 101%"},
        {"seed: 7", "seed: -7", "s.yaml:5:109: run.seed: has to be at least 0, not -7"},
        {"seed: 7", "seed: 99999999999999999999", "s.yaml:5:109: run.seed: `99999999999999999999` is out of range"},
        {"seed: 7", "seed: seven", "s.yaml:5:109: run.seed: expected a whole number, not `seven`"},
        {"shared_carts: true", "shared_carts: maybe", "s.yaml:91:17: design.shared_carts: expected true or false, not `maybe`"},
        {"horizon: 24h", "horizon: 0s", "s.yaml:5:37: run.horizon: has to be above 0s, not 0s"},
        {"each: 40", "each: -40", "s.yaml:42:44: stock[2].each: has to be at least 0, not -40"},
        {"lat: 52.23", "lat: 95.23", "s.yaml:16:21: network.places.warszawa.lat: has to be at most 90, not 95.23"},
        {"lon: 19.4\n", "lon: -190\n", "s.yaml:27:12: network.nodes.dc.lon: has to be at least -180, not -190"},
        {"patience: exponential(3h)", "patience: exponental(3h)",
         "s.yaml:60:15: personas.mobile_explorer.patience: unknown distribution `exponental`; did you mean `exponential`?"},
        {"price: lognormal(120 PLN, cv 0.8)", "price: lognormal(2h, cv 0.8)",
         "s.yaml:9:10: catalogue.price: the unit of `2h` does not fit: expected an amount, e.g. 99.90 PLN (unit: PLN)"},
        {"name: event-stream", "name: [event-stream]", "s.yaml:88:9: design.name: expected one value, not a list"},
        {"nodes: [waw-1]", "nodes: waw-1", "s.yaml:42:13: stock[2].nodes: expected a list, e.g. [a, b]"},
        {"between: [oms, esb]", "between: [oms]", "s.yaml:109:15: design.links.oms-esb.between: has 1 entry, expected 2"},
        {"currency: PLN", "currency: zloty", "s.yaml:4:11: currency: expected a currency's three letters, e.g. PLN, not `zloty`"},
    });
}
