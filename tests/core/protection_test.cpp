// Stock kept for walk-in shoppers.
#include "core/routing/protection.hpp"

#include <catch2/catch.hpp>

#include "tests/core/routing_world.hpp"

using namespace lastunit;
using namespace lastunit::core;
using namespace lastunit::core::testing;

TEST_CASE("protection: a rule holds for its node, class and hours, and a later one overwrites it") {
    Protection protection(3, 2);
    protection.keep({.units = 1});
    protection.keep({.node = NodeId(1), .units = 2});
    protection.keep({.node = NodeId(1), .sku_class = std::uint8_t{1}, .from = 9, .to = 17, .units = 5});
    protection.keep({.node = NodeId(2), .from = 22, .to = 6, .units = 0});
    CHECK(protection.units(NodeId(0), 0, hours(3)) == 1);
    CHECK(protection.units(NodeId(1), 0, hours(12)) == 2);
    CHECK(protection.units(NodeId(1), 1, hours(9) - microseconds(1)) == 2);
    CHECK(protection.units(NodeId(1), 1, hours(9)) == 5);
    CHECK(protection.units(NodeId(1), 1, hours(17) - microseconds(1)) == 5);
    CHECK(protection.units(NodeId(1), 1, hours(17)) == 2);
    CHECK(protection.units(NodeId(2), 1, hours(21)) == 1);
    CHECK(protection.units(NodeId(2), 1, hours(22)) == 0);
    CHECK(protection.units(NodeId(2), 1, hours(5)) == 0);
    CHECK(protection.units(NodeId(2), 1, hours(6)) == 1);
    CHECK(protection.units(NodeId(2), 1, hours(26)) == 0);  // of the next day
}

TEST_CASE("protection: orders do not see what is kept, whatever the policy; what is carried out is not an order") {
    Strategy anywhere;
    for (const bool by_rules : {false, true})
        for (const RoutingPolicy policy : {RoutingPolicy::nearest, RoutingPolicy::cheapest, RoutingPolicy::fewest_splits}) {
            RoutingWorld w;
            w.network.protection = Protection(4, 1);
            w.network.protection.keep({.node = NodeId(0), .units = 1});
            const NodeId first[] = {NodeId(0)};
            w.request.only = first;
            const Router router = by_rules ? Router(Rules{{anywhere}}) : Router(policy);
            CHECK(w.plan(router, {kOneA}).outcome == PlanOutcome::out_of_stock);
            CHECK(w.reasons()[0] == Rejection::kept_for_walk_in);
            CHECK(w.why.rows[0].kept == 1);
            w.stock(0, 0, 1);
            CHECK(w.plan(router, {kOneA}).outcome == PlanOutcome::planned);
            CHECK(w.plan(router, {{Sku(0), 2}}).outcome != PlanOutcome::planned);
            w.request.method = Method::carry_out;
            CHECK(w.plan(router, {{Sku(0), 2}}).outcome == PlanOutcome::planned);
            w.request.method = Method::pickup;
            CHECK(w.plan(router, {{Sku(0), 2}}).outcome != PlanOutcome::planned);
        }
}

TEST_CASE("protection: soft, it is taken in the second pass, at its cost and as little of it as need be") {
    RoutingWorld w;
    w.network.protection = Protection(4, 1);
    w.network.protection.keep({.units = 1});
    w.network.protection.strength = Strength::soft;
    w.network.protection.cost_per_unit = 300;
    w.plan(RoutingPolicy::cheapest, {kOneA});
    CHECK(w.nodes() == std::vector<int>{1});
    CHECK(w.result.pass == Pass::first);
    CHECK(w.result.terms.protection == 0);
    // Node 3 can give three of its four: the fourth is protected, and three more lie elsewhere.
    w.plan(RoutingPolicy::cheapest, {{Sku(0), 4}});
    CHECK(w.nodes() == std::vector<int>{1, 3});
    CHECK(w.result.pass == Pass::first);
    w.plan(RoutingPolicy::cheapest, {{Sku(0), 4}, {Sku(1), 4}});
    CHECK(w.nodes() == std::vector<int>{3, 3});
    CHECK(w.result.pass == Pass::second);
    CHECK(w.result.terms.protection == 600);
    CHECK(w.result.terms.total() == w.result.cost + 600);
    CHECK(w.result.lower_bound == w.result.terms.total());
    CHECK(w.why.text().find("found without soft rules") != std::string::npos);
    CHECK(w.why.text().find("protected stock 600") != std::string::npos);
}

TEST_CASE("protection: by the hour") {
    RoutingWorld w;
    w.network.protection = Protection(4, 1);
    w.network.protection.keep({.node = NodeId(0), .from = 10, .to = 20, .units = 1});
    w.request.time_of_day = hours(9);
    w.plan(RoutingPolicy::nearest, {kOneA});
    CHECK(w.nodes() == std::vector<int>{0});
    w.request.time_of_day = hours(10);
    w.plan(RoutingPolicy::nearest, {kOneA});
    CHECK(w.nodes() == std::vector<int>{1});
}
