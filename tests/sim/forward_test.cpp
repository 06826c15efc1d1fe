// Routing that looks ahead: on a network where least cost alone is wrong, where nothing is scarce, and orders planned anew.
#include <numeric>

#include "model/pricing/expected_demand.hpp"
#include "tests/sim/shops.hpp"

namespace lastunit::sim_tests {

namespace {

constexpr const char* kForward[] = {"primal_dual", "bid_price", "independent", "correlated", "dilated", "force_open"};

// People of west and of east want 100 units a day in all. The store is in the east and has half of them; the warehouse is in the
// west and has enough. For the west the store is cheaper by 1.30 PLN, for the east by 28.70 PLN.
model::Scenario two_places(const std::string& routing, const Settings& more = {}) {
    small_shop(
        "run: {horizon: 24h, drain: 10d}\ncatalogue: {skus: 3}\n"
        "network: {cost_per_km: 0.10 PLN, places: {west: {lat: 52, lon: 19}, east: {lat: 52, lon: 21}}, nodes: !replace "
        "{dc: {kind: warehouse, lat: 52, lon: 19, parcel_cost: 16 PLN},"
        " shop: {kind: store, lat: 52, lon: 21, parcel_cost: 1 PLN}}}\n"
        "stock: !replace [{kind: warehouse, each: 300}, {kind: store, each: 50}]\n"
        "demand: {streams: !replace {all: {exactly: 300}}}\n");
    Settings settings = {{"design.routing", routing}};
    settings.insert(settings.end(), more.begin(), more.end());
    return load(std::string(LASTUNIT_BINARY_DIR) + "/shop.yaml", settings);
}

// Which node each order was asked of, in order.
struct Asked : sim::Probe {
    std::string text;
    void request_answered(SimTime, std::uint64_t order, NodeId node, sim::Answer) override {
        text += std::to_string(order) + " " + std::to_string(node.value) + "\n";
    }
};
std::string nodes_asked(const model::Scenario& scenario, std::uint64_t seed) {
    return tests::in_child([&] {
        Asked asked;
        sim::RunOptions options;
        options.seed = seed;
        options.probe = &asked;
        sim::run(scenario, options);
        return asked.text;
    });
}

double cost(const model::RunRecord& record) { return static_cast<double>(record.kpi().total_cost()) / 100; }

}  // namespace

TEST_CASE("forward: the scarce units go to those for whom they are worth most, by every policy and for the same shoppers") {
    constexpr std::uint64_t kSeeds = 5;
    for (const char* routing : kForward) {
        INFO(routing);
        for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
            const model::RunRecord greedy = run(two_places("cheapest"), seed);
            const model::RunRecord forward = run_watched(two_places(routing), seed);
            CHECK(forward.identity().shoppers_fingerprint() == greedy.identity().shoppers_fingerprint());
            CHECK(forward.kpi().shipped_units() == greedy.kpi().shipped_units());
            // About 150 units from the store (1 PLN) and 150 from the warehouse (16 PLN) when the east alone has the store, 2550
            // PLN; least cost gives it half of the west's units, and 75 of the east's come from the warehouse (29.70 PLN).
            CHECK(cost(greedy) > 3900);
            CHECK(cost(forward) < 0.85 * cost(greedy));
        }
    }
}

TEST_CASE("forward: where nothing is scarce, prices are nothing and plans are those of least cost") {
    const Settings plenty = {
        {"stock", "[{each: 10000000}]"}, {"personas.anyone.lines_mean", "2"}, {"personas.anyone.second_unit", "20%"}};
    const std::string greedy = nodes_asked(two_places("cheapest", plenty), 7);
    CHECK(greedy.size() > 300);
    for (const char* routing : kForward) {
        INFO(routing);
        CHECK(nodes_asked(two_places(routing, plenty), 7) == greedy);
    }
}

TEST_CASE("forward: the same seed gives the same run, another draw of the plan another") {
    std::map<std::string, std::string> fingerprints;
    for (const char* routing : kForward) {
        const model::Scenario scenario = two_places(routing, {{"personas.anyone.lines_mean", "2"}});
        const std::string first = run(scenario, 3).identity().fingerprint();
        CHECK(run(scenario, 3).identity().fingerprint() == first);
        fingerprints[first] = routing;
    }
    CHECK(fingerprints.size() >= 4);
}

TEST_CASE("forward: a value of nothing makes primal-dual prices nothing") {
    CHECK(nodes_asked(two_places("primal_dual", {{"design.prices.value", "0 PLN"}}), 2) ==
          nodes_asked(two_places("cheapest"), 2));
}

TEST_CASE("forward: SKUs outside the program have no price") {
    CHECK(nodes_asked(two_places("bid_price", {{"design.prices.skus", "0"}}), 2) == nodes_asked(two_places("cheapest"), 2));
}

TEST_CASE("forward: an order of which too many units would spill is planned as a whole") {
    // Baskets of many lines, each SKU scarce: with no spill allowed, more orders are planned whole, in fewer parcels.
    double strict = 0, loose = 0;
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        const auto parcels = [&](const std::string& spill) {
            const model::Scenario scenario =
                two_places("independent", {{"personas.anyone.lines_mean", "3"},
                                           {"stock", "[{kind: warehouse, each: 150}, {kind: store, each: 200}]"},
                                           {"design.prices", "{every: 12h, spill: " + spill + "}"}});
            return static_cast<double>(run_watched(scenario, seed).kpi().parcels());
        };
        strict += parcels("0%");
        loose += parcels("100%");
    }
    CHECK(strict < loose);
}

TEST_CASE("forward: the forecast is what shoppers really take when everything is there") {
    const model::Scenario scenario = load("smoke", {{"stock", "[{each: 10000}]"},
                                                    {"network.kinds.store.daily_lines", "0"},
                                                    {"personas.anybody_online.patience", "30d"},
                                                    {"personas.anybody_in_town.patience", "30d"},
                                                    {"personas.anybody_online.retry_elsewhere", "0%"},
                                                    {"run.drain", "10d"}});
    model::ExpectedDemand expected(scenario);
    double parcels = 0, in_store = 0, half = 0;
    const auto sum_parcels = [&](std::uint32_t sku) {
        double sum = 0;
        for (std::size_t group = 0; group < expected.groups().size(); ++group) sum += expected.parcel_units(Sku(sku), group);
        return sum;
    };
    for (std::uint32_t sku = 0; sku < scenario.catalogue.skus.size(); ++sku) {
        parcels += sum_parcels(sku);
        in_store += expected.store_units(Sku(sku));
    }
    double units = 0, shipped = 0;
    constexpr int kSeeds = 10;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        const model::RunRecord record = run(scenario, seed);
        units += static_cast<double>(record.kpi().units_accepted()) / kSeeds;
        shipped += static_cast<double>(record.kpi().shipped_units()) / kSeeds;
    }
    CHECK(std::abs(parcels + in_store - units) < 0.06 * units);
    CHECK(std::abs(parcels - shipped) < 0.08 * shipped);
    // Less is left later, and nothing at the end.
    expected.look_from(SimTime{0} + hours(3));
    for (std::uint32_t sku = 0; sku < scenario.catalogue.skus.size(); ++sku) half += sum_parcels(sku);
    CHECK(half < parcels);
    CHECK(half > 0.2 * parcels);
    expected.look_from(SimTime{0} + hours(6));
    CHECK(sum_parcels(0) == 0);
    CHECK(expected.through_core() > parcels * 0.99);
}

TEST_CASE("forward: a scenario says how it looks ahead") {
    const model::Design plain = two_places("nearest").design;
    CHECK(plain.prices.foresight == model::Foresight::none);
    CHECK(plain.reoptimise_every == Duration{0});
    const model::Design drawn =
        two_places("dilated", {{"design.prices", "{every: 15min, skus: 9, samples: 2, learns: false, spill: 30%}"},
                               {"design.reoptimise_every", "2h"},
                               {"design.reoptimise_gain", "3.50 PLN"}})
            .design;
    CHECK(drawn.routing == core::RoutingPolicy::cheapest);
    CHECK(drawn.prices.foresight == model::Foresight::rounded);
    CHECK(drawn.prices.rounding == core::Rounding::dilated);
    CHECK(drawn.prices.every == minutes(15));
    CHECK(drawn.prices.skus == 9);
    CHECK(drawn.prices.samples == 2);
    CHECK_FALSE(drawn.prices.learns);
    CHECK(drawn.prices.spill == 0.3);
    CHECK(drawn.reoptimise_every == hours(2));
    CHECK(drawn.reoptimise_gain == 350);
    CHECK(two_places("primal_dual", {{"design.prices.value", "12 PLN"}}).design.prices.value == Money{1200});
    CHECK(two_places("force_open").design.prices.rounding == core::Rounding::force_open);
}

TEST_CASE("reoptimise: orders that wait move to stock that has come, and only where it pays") {
    // The store is empty soon and gets back what it sends after two hours; the warehouse picks at night only.
    const auto with = [&](const std::string& every, const std::string& gain) {
        return run_watched(two_places("cheapest", {{"network.nodes.dc.shifts", "{open: 23:00, close: 24:00}"},
                                                   {"stock", "[{kind: warehouse, each: 300}, {kind: store, each: 2}]"},
                                                   {"inbound", "{policy: base_stock, lead_time: 2h}"},
                                                   {"design.reoptimise_every", every},
                                                   {"design.reoptimise_gain", gain}}));
    };
    const model::RunRecord never = with("0s", "1 PLN"), hourly = with("1h", "1 PLN"), dear = with("1h", "5 PLN"),
                           too_dear = with("1h", "29 PLN");
    CHECK(never.kpi().reoptimised_orders() == 0);
    CHECK(hourly.kpi().reoptimised_orders() > 5);
    CHECK(cost(hourly) < cost(never));
    CHECK(hourly.kpi().shipped_units() == never.kpi().shipped_units());
    CHECK(hourly.balance().orders_open() == 0);
    // Units are few, and those whom they save most move first: a higher bar changes little, until it is above what the east
    // saves.
    CHECK(dear.kpi().reoptimised_orders() > 0);
    CHECK(cost(hourly) < 1.02 * cost(dear));
    // What one order gains a later one may miss: not all of what the moves promised is left at the end.
    CHECK(cost(never) - cost(dear) > 0.5 * 28.70 * static_cast<double>(dear.kpi().reoptimised_orders()));
    CHECK(too_dear.kpi().reoptimised_orders() == 0);
    CHECK(too_dear.kpi().total_cost() == never.kpi().total_cost());
    std::uint64_t begun = 0;
    for (const model::NodeKpi& node : hourly.nodes()) begun += node.orders();
    CHECK(begun == hourly.kpi().parcels());  // a parcel that was withdrawn has never begun
}

}  // namespace lastunit::sim_tests
