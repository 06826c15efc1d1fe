#include "model/sku_class.hpp"

#include <catch2/catch.hpp>

using namespace lastunit;
using namespace lastunit::model;

namespace {

// A shopper a second for a hundred seconds, of one unit each.
Scenario shop(const std::vector<double>& popularity) {
    Scenario scenario;
    scenario.run.horizon = seconds(100);
    scenario.catalogue.skus.resize(popularity.size());
    scenario.catalogue.popularity = Discrete(popularity);
    scenario.personas.emplace_back().share = 1;
    ArrivalStream& all = scenario.arrivals.emplace_back();
    all.rate.emplace_back().per_second = 1;
    return scenario;
}

std::string classes_of(const Scenario& scenario) {
    std::string classes;
    for (const SkuClass of : sku_classes(scenario)) classes += name_of(of);
    return classes;
}

}  // namespace

TEST_CASE("SKU classes: A draws 80 % of the demand, B the next 15 %") {
    CHECK(classes_of(shop({50, 31, 13, 4, 2})) == "AABBC");
    CHECK(classes_of(shop({2, 13, 50, 4, 31})) == "CBABA");
    CHECK(classes_of(shop({100})) == "A");
    CHECK(classes_of(shop({99, 1, 0})) == "ACC");
}

TEST_CASE("SKU classes: a drop makes its SKUs popular, and bots make none") {
    Scenario scenario = shop({50, 31, 13, 4, 2});
    ArrivalStream& drop = scenario.arrivals.emplace_back();
    drop.rate.emplace_back().per_second = 9;
    drop.skus = {Sku(3), Sku(4)};
    const std::vector<double> wanted = units_wanted(scenario);
    CHECK(wanted[0] == Approx(50));
    CHECK(wanted[3] == Approx(4 + 450));
    CHECK(classes_of(scenario) == "BCCAA");
    scenario.personas.emplace_back().bot = true;
    drop.persona = 1;
    CHECK(classes_of(scenario) == "AABBC");
}

TEST_CASE("SKU classes: a bundle is demand for its components") {
    Scenario scenario = shop({10, 0, 90});
    scenario.catalogue.skus[2].bundle = {{Sku(0), 1}, {Sku(1), 2}};
    CHECK(units_wanted(scenario) == std::vector<double>{100, 180, 0});
    CHECK(classes_of(scenario) == "AAC");
}

TEST_CASE("SKU classes: under a replayed log the demand is the log's") {
    Scenario scenario = shop({10, 10});
    scenario.arrivals.clear();
    scenario.replay.emplace().lines = {{1, 3}, {1, 6}, {0, 1}};
    CHECK(units_wanted(scenario) == std::vector<double>{1, 9});
    CHECK(classes_of(scenario) == "BA");
}
