// Trucks, replenishment and returns of a scenario: what arrives in the model, and what does not fit together.
#include <catch2/catch.hpp>

#include "tests/scenarios/bent_files.hpp"
#include "tests/scenarios/scenario_files.hpp"

using namespace lastunit;
using namespace lastunit::scenarios;
using namespace lastunit::scenarios::test;

namespace {

const std::string kInbound = "inbound: {policy: base_stock, lead_time: weibull(2d, cv 0.4)}\n";
const std::string kStock = "stock:\n";

// A mistake of a truck, or of the rules that stand where `inbound` stood.
Row bend(const std::string& rules, const std::string& text) { return {kInbound, rules + "\n", text}; }

}  // namespace

TEST_CASE("load: trucks, rules of replenishment and of returns arrive in the model's units") {
    const std::vector<Override> settings = {{"network.trucks.night",
                                             "{from: [dc], to_kinds: [store], at: [22:00, 04:30], takes: 2h, takes_per_km: 1min, "
                                             "units: 40, cost: 90 PLN, unit_cost: 0.50 "
                                             "PLN}"},
                                            {"inbound.policy", "none"},
                                            {"replenishment",
                                             "[{kinds: [store], policy: min_max, reorder_share: 50%, from: dc}, {nodes: [dc], "
                                             "skus: [sku-2], policy: periodic, up_to: 30, "
                                             "review_every: 1d, review_phase: 3h, lead_time: 2d}]"},
                                            {"returns",
                                             "[{kinds: [store], parcels_to: dc, inspect: {workers: 1, service: 2min}, as_new: "
                                             "80%, marked_down: 15%, markdown: 30%, then: "
                                             "forward, forward_to: dc, forward_takes: 1d}]"}};
    const Loaded loaded = load(data_file("good.yaml"), settings, Library({}));
    for (const Diagnostic& error : loaded.errors) UNSCOPED_INFO(error.text());
    REQUIRE(loaded.scenario);
    const model::Scenario& s = *loaded.scenario;
    REQUIRE(s.network.trucks.size() == 1);
    const model::Truck& truck = s.network.trucks[0];
    CHECK(truck.from == std::vector{NodeId(0)});
    CHECK(truck.to.size() == s.network.nodes.size() - 1);
    CHECK(truck.at == std::vector{minutes(270), hours(22)});
    CHECK(truck.takes == model::constant(hours(2)));
    CHECK(truck.takes_us_per_km == 60e6);
    CHECK(truck.units == 40);
    CHECK(truck.cost == 9000);
    CHECK(truck.unit_cost == 50);
    REQUIRE(s.replenishment.size() == 2);
    CHECK(s.replenishment[0].reorder_point.units == -1);
    CHECK(s.replenishment[0].reorder_point.share == 0.5);
    CHECK(s.replenishment[0].up_to.share == 1);
    CHECK_FALSE(s.replenishment[0].below_up_to);
    CHECK(s.replenishment[0].from == NodeId(0));
    CHECK(s.replenishment[1].skus == std::vector{Sku(1)});
    CHECK(s.replenishment[1].up_to.units == 30);
    CHECK(s.replenishment[1].below_up_to);
    CHECK(s.replenishment[1].review_every == hours(24));
    CHECK(s.replenishment[1].review_phase == hours(3));
    CHECK(s.replenishment[1].from == model::kSupplier);
    CHECK(s.replenishment[1].lead_time == model::constant(hours(48)));
    REQUIRE(s.returns.size() == 1);
    CHECK(s.returns[0].parcels_to == NodeId(0));
    CHECK(s.returns[0].inspect.workers == 1);
    CHECK(s.returns[0].as_new == 0.8);
    CHECK(s.returns[0].marked_down == 0.15);
    CHECK(s.returns[0].markdown == 0.3);
    CHECK(s.returns[0].then == model::ReturnsRule::Then::forward);
    CHECK(s.returns[0].forward_to == NodeId(0));
    CHECK(s.returns[0].forward_takes == model::constant(hours(24)));
}

TEST_CASE("mistakes: rules of replenishment and returns that do not fit together") {
    check({
        bend("replenishment: [{kinds: [store], policy: base_stock, from: dc}]",
             "s.yaml:43:60: replenishment[0].from: no truck goes from `dc` to `waw-1`"),
        bend("replenishment: [{nodes: [dc], policy: min_max}]",
             "s.yaml:43:17: replenishment[0]: min_max needs `reorder_point` or `reorder_share`"),
        bend("replenishment: [{nodes: [dc], policy: min_max, up_to: 4, reorder_point: 4}]",
             "s.yaml:43:73: replenishment[0].reorder_point: has to be below `up_to`"),
        bend("replenishment: [{nodes: [dc], policy: periodic}]", "s.yaml:43:17: replenishment[0]: periodic needs `review_every`"),
        bend("replenishment: [{nodes: [dc], policy: base_stock, from: dc}]",
             "s.yaml:43:57: replenishment[0].from: `dc` cannot replenish itself: leave it out of this rule"),
        bend("returns: [{as_new: 80%, marked_down: 30%}]",
             "s.yaml:43:11: returns[0]: `as_new` and `marked_down` sum to more than 100%"),
        bend("returns: [{then: forward}]", "s.yaml:43:11: returns[0]: `then: forward` needs `forward_to`"),
        bend("returns: [{kinds: [dark_store]}]", "s.yaml:43:12: returns[0].kinds: the network has no such node"),
        bend("returns: [{inspect: {order: due_first}}]",
             "s.yaml:43:22: returns[0].inspect.order: is of stations that orders go through: returns are looked at first come "
             "first "
             "served"),
        {kStock, "replenishment: [{nodes: [dc], policy: never}]\n" + kStock,
         "s.yaml:44:19: inbound.policy: give either `inbound` or `replenishment`"},
    });
}

TEST_CASE("mistakes: trucks that go nowhere") {
    const auto truck = [](const std::string& text, const std::string& error) {
        return Row{"  kinds:\n    store:", "  trucks: {out: " + text + "}\n  kinds:\n    store:", error};
    };
    check({
        truck("{from: [dc], at: [06:00]}", "s.yaml:18:12: network.trucks.out: goes to no node: give `to` or `to_kinds`"),
        truck("{from: [dc], to: [dc], at: [06:00]}", "s.yaml:18:12: network.trucks.out: goes nowhere but to where it comes from"),
        truck("{from: [dc], to_kinds: [store], at: [06:00, 06:00]}", "s.yaml:18:49: network.trucks.out.at: names a time twice"),
        truck("{from: [dc], to_kinds: [store], at: [6h]}",
              "s.yaml:18:54: network.trucks.out.at[0]: the unit of `6h` does not fit: expected a time of day, e.g. 08:00"),
    });
}
