// What things cost: from the file to the model, and what gates may ask.
#include <catch2/catch.hpp>

#include "tests/scenarios/scenario_files.hpp"

using namespace lastunit;
using namespace lastunit::scenarios;
using namespace lastunit::scenarios::test;

namespace {

Loaded good(const std::vector<Override>& more) { return load(data_file("good.yaml"), more, Library({})); }

std::string first_error(const std::vector<Override>& more) {
    const Loaded loaded = good(more);
    return loaded.errors.empty() ? "" : loaded.errors.front().text();
}

}  // namespace

TEST_CASE("costs: wages, holding and markdowns arrive in the model's units, the youngest markdown first") {
    const Loaded loaded = good({{"costs.wage", "31.50 PLN"},
                                {"costs.holding", "20%"},
                                {"costs.unsold", "[{older_than: 90d, off: 50%}, {older_than: 30d, off: 20%}]"},
                                {"costs.age_at_start", "10d"},
                                {"costs.orders_per_year", "250000"}});
    for (const Diagnostic& error : loaded.errors) UNSCOPED_INFO(error.text());
    REQUIRE(loaded.scenario);
    const model::Costs& costs = loaded.scenario->costs;
    CHECK(costs.wage == 3150);
    CHECK(costs.overtime_wage == 4725);
    CHECK(costs.cost_of_goods == 0.6);
    CHECK(costs.holding == 0.2);
    REQUIRE(costs.unsold.size() == 2);
    CHECK(costs.unsold[0].older_than == hours(30 * 24));
    CHECK(costs.unsold[1].off == 0.5);
    CHECK(costs.age_at_start == hours(240));
    CHECK(costs.orders_per_year == 250'000);
    CHECK(good({{"costs.wage", "30 PLN"}, {"costs.overtime_wage", "60 PLN"}}).scenario->costs.overtime_wage == 6000);
}

TEST_CASE("costs: a design's running costs are its own and those that the scenario states for its name") {
    const std::string name = good({}).scenario->design.name;
    const Loaded loaded = good({{"design.running_costs", "{licence: 1000 PLN}"},
                                {"running_costs", "{" + name + ": {people: 5 PLN}, another: {people: 7 PLN}}"}});
    for (const Diagnostic& error : loaded.errors) UNSCOPED_INFO(error.text());
    REQUIRE(loaded.scenario);
    const auto& costs = loaded.scenario->design.running_costs;
    REQUIRE(costs.size() == 2);
    CHECK(costs[0].name == "licence");
    CHECK(costs[0].per_year == 100'000);
    CHECK(costs[1].per_year == 500);
    CHECK(first_error({{"costs.unsold", "[{off: 50%}]"}}).find("older_than") != std::string::npos);
}

TEST_CASE("gates: terms of cost are money, kilometres and parcels numbers, rates shares") {
    CHECK(first_error({{"gates", "[cost_terms.labour <= 500 PLN, cost_per_year < 1000000 PLN, parcel_km <= 180]"}}).empty());
    CHECK(first_error({{"gates", "[shipments_per_order <= 1.1, split_rate < 5%, walk_ins_lost_value <= 10 PLN]"}}).empty());
    CHECK(first_error({{"gates", "[parcel_km <= 18%]"}}) != "");
    CHECK(first_error({{"gates", "[cost_terms.labor <= 5 PLN]"}}).find("cost_terms.labour") != std::string::npos);
    CHECK(good({{"gates", "[cost_terms.labour <= 500 PLN]"}}).scenario->gates[0].bound == 50'000);
}
