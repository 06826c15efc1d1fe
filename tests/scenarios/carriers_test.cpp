// Carriers, docks, masses and lockers: from the file to the model, and what cannot be.
#include <catch2/catch.hpp>

#include "tests/scenarios/bent_files.hpp"
#include "tests/scenarios/scenario_files.hpp"

using namespace lastunit;
using namespace lastunit::scenarios;
using namespace lastunit::scenarios::test;

TEST_CASE("carriers: zones, peaks, collections and lockers arrive in the model's units") {
    const std::vector<Override> more = {
        {"network.carriers",
         "{van: {service: door, zones: [{up_to_km: 100, transit: 20h, parcel: 9.90 PLN, per_kg: 0.50 PLN}, "
         "{up_to_km: 900}], late: 3%, late_by: exponential(1d), peaks: [{from: 1d, until: 2d, late: 12%}], "
         "daily_parcels: 500, delivers: {open: 08:00, close: 20:00}}, bike: {zones: [{up_to_km: 8}]}}"},
        {"network.nodes.dc.collections", "[{carrier: bike}, {carrier: van, at: [17:30, 24:00, 09:00, 17:30], parcels: 40}]"},
        {"network.nodes.hub", "{kind: locker_hub, place: krakow, compartments: 76}"},
        {"network.lockers", "{retry: 12h, tries: 2}"},
        {"run.locker_window", "36h"},
        {"catalogue.mass", "lognormal(0.6kg, cv 0.5)"}};
    const Loaded loaded = load(data_file("good.yaml"), more, Library({}));
    for (const Diagnostic& error : loaded.errors) UNSCOPED_INFO(error.text());
    REQUIRE(loaded.scenario);
    const model::Network& network = loaded.scenario->network;
    REQUIRE(network.carriers.size() == 2);
    const model::Carrier& van = network.carriers[0];
    CHECK(van.name == "van");
    CHECK(van.service == model::CarrierService::door);
    CHECK(van.zones[0].transit == model::constant(hours(20)));
    CHECK(van.zones[0].parcel == 990);
    CHECK(van.zones[0].per_kg == 50);
    CHECK(van.zones[1].up_to_km == 900);
    CHECK(van.zones[1].transit == model::constant(hours(24)));
    CHECK(van.late == 0.03);
    CHECK(van.late_by == model::exponential(86400e6));
    CHECK(van.late_share(SimTime{0} + hours(30)) == 0.12);
    CHECK(van.daily_parcels == 500);
    CHECK(van.delivers.close == hours(20));
    const std::vector<model::Collection>& dock = network.nodes[0].collections;
    REQUIRE(dock.size() == 2);
    CHECK(dock[0].carrier == 1);
    CHECK(dock[0].at.empty());
    CHECK(dock[1].carrier == 0);
    CHECK(dock[1].at == std::vector<Duration>{hours(0), hours(9), hours(17) + minutes(30)});
    CHECK(dock[1].parcels == 40);
    CHECK(network.nodes.back().compartments == 76);
    CHECK(network.lockers.retry == hours(12));
    CHECK(network.lockers.tries == 2);
    CHECK(loaded.scenario->run.locker_window == hours(36));
    double sum = 0;
    for (const model::SkuInfo& sku : loaded.scenario->catalogue.skus) sum += sku.grams;
    CHECK(sum / 100 == Approx(600).epsilon(0.2));
}

TEST_CASE("carriers: without them nothing weighs anything and nobody comes to a dock") {
    const Loaded loaded = load(data_file("good.yaml"), {}, Library({}));
    REQUIRE(loaded.scenario);
    CHECK(loaded.scenario->network.carriers.empty());
    CHECK(loaded.scenario->network.nodes[0].collections.empty());
    CHECK(loaded.scenario->catalogue.skus[0].grams == 0);
    CHECK(loaded.scenario->network.routing(loaded.scenario->catalogue).to_door.empty());
}

TEST_CASE("carriers: mistakes") {
    check({
        {"  cost_per_km: 0.01 PLN", "  cost_per_km: 0.01 PLN\n  carriers: {van: {zones: [{up_to_km: 100}, {up_to_km: 50}]}}",
         "s.yaml:13:56: network.carriers.van.zones[1].up_to_km: has to reach farther than the zone before it"},
        {"  cost_per_km: 0.01 PLN",
         "  cost_per_km: 0.01 PLN\n  carriers: {van: {zones: [{up_to_km: 100}], peaks: [{from: 2h, until: 1h, late: 5%}]}}",
         "s.yaml:13:72: network.carriers.van.peaks[0].until: has to be after `from`"},
        {"  cost_per_km: 0.01 PLN", "  cost_per_km: 0.01 PLN\n  carriers: {van: {}}",
         "s.yaml:13:14: network.carriers.van.zones: `zones` is required"},
        {"parcel_cost: 9 PLN", "collections: [{carrier: van}]",
         "s.yaml:35:31: network.nodes.dc.collections[0].carrier: unknown carrier `van`; the scenario defines none"},
        {"parcel_cost: 9 PLN", "compartments: 12",
         "s.yaml:35:21: network.nodes.dc.compartments: only a node of kind `locker_hub` has compartments"},
        {"skus: 100\n", "skus: 100\n  mass: 600\n",
         "s.yaml:8:9: catalogue.mass: `600` has no unit: expected a weight, e.g. 350g or 1.5kg (units: g, kg, t)"},
    });
}

TEST_CASE("gates: a method's KPIs, and its times one step deeper") {
    for (const char* gate :
         {"locker.promise_kept_rate >= 95%", "ship.time_s.p99 <= 48h", "p95(fulfilment_time) <= 48h", "pickup.orders > 10"}) {
        const std::vector<Override> more = {{"gates", std::string("[\"") + gate + "\"]"}};
        const Loaded loaded = load(data_file("good.yaml"), more, Library({}));
        for (const Diagnostic& error : loaded.errors) UNSCOPED_INFO(error.text());
        REQUIRE(loaded.scenario);
        CHECK(loaded.scenario->gates.size() == 1);
    }
}

TEST_CASE("gates: figures of a live run, times in seconds, rates as bare numbers") {
    struct Row {
        const char* gate;
        const char* kpi;
        double bound;
    };
    for (const Row& row : {Row{"p99(load.response) < 250ms", "load.response_s.p99", 0.25},
                           {"load.dispatch_lag_s.max <= 1ms", "load.dispatch_lag_s.max", 0.001},
                           {"load.rate_held >= 1900", "load.rate_held", 1900},
                           {"load.audit_oversold_units <= 0", "load.audit_oversold_units", 0},
                           {"load.answered_rate > 99.9%", "load.answered_rate", 0.999}}) {
        INFO(row.gate);
        const std::vector<Override> more = {{"gates", std::string("[\"") + row.gate + "\"]"}};
        const Loaded loaded = load(data_file("good.yaml"), more, Library({}));
        for (const Diagnostic& error : loaded.errors) UNSCOPED_INFO(error.text());
        REQUIRE(loaded.scenario);
        REQUIRE(loaded.scenario->gates.size() == 1);
        CHECK(loaded.scenario->gates[0].kpi == row.kpi);
        CHECK(loaded.scenario->gates[0].bound == Approx(row.bound));
    }
}
