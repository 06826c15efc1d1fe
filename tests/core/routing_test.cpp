// Routing decisions on one small network, and the reason for every node.
#include <catch2/catch.hpp>
#include <set>

#include "tests/core/routing_world.hpp"

using namespace lastunit;
using namespace lastunit::core;
using namespace lastunit::core::testing;

namespace {

using World = RoutingWorld;

}  // namespace

TEST_CASE("routing: nearest takes each line from the nearest node that has it whole") {
    World w;
    CHECK(w.plan(RoutingPolicy::nearest, {kOneA, {Sku(0), 0 + 1}, kOneB}).outcome == PlanOutcome::planned);
    CHECK(w.nodes() == std::vector<int>{1, 1, 1});
    w.plan(RoutingPolicy::nearest, {kOneA, kOneB});
    CHECK(w.nodes() == std::vector<int>{0, 1});
    CHECK(w.result.nodes == 2);
    CHECK(w.result.cost == 1000 + 5 + 10 + 1000 + 10 + 10);
}

TEST_CASE("routing: nearest splits a line only when no node has it whole") {
    World w;
    w.plan(RoutingPolicy::nearest, {{Sku(0), 4}});
    CHECK(w.nodes() == std::vector<int>{3});
    w.plan(RoutingPolicy::nearest, {{Sku(0), 5}});
    CHECK(w.nodes() == std::vector<int>{0, 1, 2, 3});
    CHECK(w.result.lines[3].quantity == 1);
}

TEST_CASE("routing: nearest beyond the split limit plans as fewest splits") {
    World w;
    w.request.max_nodes = 2;
    w.plan(RoutingPolicy::nearest, {{Sku(0), 5}});
    CHECK(w.result.outcome == PlanOutcome::planned);
    CHECK(w.result.nodes == 2);
}

TEST_CASE("routing: cheapest weighs parcels, kilometres and units") {
    World w;
    w.plan(RoutingPolicy::cheapest, {kOneA, kOneB});
    CHECK(w.nodes() == std::vector<int>{2, 2});
    CHECK(w.result.cost == 100 + 20 + 20);
}

TEST_CASE("routing: fewest splits takes one dear parcel before two cheap ones") {
    World w;
    w.network.nodes[3].fixed_cost = 100'000;
    w.plan(RoutingPolicy::fewest_splits, {kOneA, {Sku(2), 2}});
    CHECK(w.nodes() == std::vector<int>{3, 3});
    CHECK(w.result.nodes == 1);
}

TEST_CASE("routing: the same SKU on two lines is checked together (failure 04)") {
    World w;
    w.request.max_nodes = 1;
    const NodeId only_one[] = {NodeId(1)};
    w.request.only = only_one;
    for (const RoutingPolicy policy : {RoutingPolicy::nearest, RoutingPolicy::cheapest, RoutingPolicy::fewest_splits}) {
        CHECK(w.plan(policy, {kOneA, kOneA}).outcome == PlanOutcome::planned);
        CHECK(w.plan(policy, {{Sku(0), 2}, kOneA}).outcome == PlanOutcome::out_of_stock);
        CHECK(w.result.lines.empty());
    }
}

TEST_CASE("routing: a split demand fills its lines in order and covers each exactly") {
    World w;
    w.plan(RoutingPolicy::nearest, {{Sku(0), 2}, kOneB, {Sku(0), 4}});
    REQUIRE(w.result.outcome == PlanOutcome::planned);
    std::vector<Quantity> sums(3);
    for (const PlanLine& line : w.result.lines) sums[line.line] += line.quantity;
    CHECK(sums == std::vector<Quantity>{2, 1, 4});
}

TEST_CASE("routing: another site's stock does not count for a pick-up (failure 14)") {
    World w;
    w.request.method = Method::pickup;
    w.request.place = NodeId(0);
    CHECK(w.plan(RoutingPolicy::nearest, {{Sku(0), 2}}).outcome == PlanOutcome::out_of_stock);
    CHECK(w.plan(RoutingPolicy::nearest, {kOneA}).outcome == PlanOutcome::planned);
    CHECK(w.result.cost == 10);
    CHECK(w.reasons() ==
          std::vector<Rejection>{Rejection::none, Rejection::not_allowed, Rejection::not_allowed, Rejection::not_allowed});
}

TEST_CASE("routing: a channel sees its own fence, others do not") {
    World w;
    w.ledger.set_channel_allocation(kNoKey, SimTime{0}, NodeId(0), Sku(0), kPos, 1, w.events);
    w.request.channel = kWeb;
    w.plan(RoutingPolicy::nearest, {kOneA});
    CHECK(w.nodes() == std::vector<int>{1});
    w.request.channel = kPos;
    w.plan(RoutingPolicy::nearest, {kOneA});
    CHECK(w.nodes() == std::vector<int>{0});
}

TEST_CASE("routing: capacity counts the order's own lines") {
    World w;
    w.network.nodes[1].capacity_left = 1;
    w.network.nodes[0].capacity_left = 0;
    w.plan(RoutingPolicy::nearest, {kOneA, kOneB});
    CHECK(w.nodes() == std::vector<int>{1, 2});
}

TEST_CASE("routing: a node whose spillover is used up serves its own zone alone, and counts the order's own lines") {
    World w;
    w.network.find_homes();
    CHECK(w.network.home == std::vector<NodeId>{NodeId(0), NodeId(3)});
    for (auto& node : w.network.nodes) node.spillover_left = 0;
    for (const RoutingPolicy policy : {RoutingPolicy::nearest, RoutingPolicy::cheapest, RoutingPolicy::fewest_splits}) {
        INFO(name_of(policy));
        w.network.nodes[3].spillover_left = 0;
        w.request.zone = ZoneId(0);
        w.plan(policy, {kOneA});
        CHECK(w.nodes() == std::vector<int>{0});
        w.plan(policy, {kOneB});
        CHECK(w.outcome() == "out_of_stock");
        CHECK(w.reasons() == std::vector{Rejection::no_stock, Rejection::spillover, Rejection::spillover, Rejection::spillover});
        w.network.nodes[3].spillover_left = 1;
        w.plan(policy, {kOneB, kOneC});
        CHECK(w.nodes() == std::vector<int>{3, 0});
        w.request.zone = ZoneId(1);
        w.plan(policy, {kOneB, kOneC});
        CHECK(w.nodes() == std::vector<int>{3, 3});
    }
}

namespace {
struct Case {
    const char* name;
    PlanOutcome outcome;
    std::vector<Rejection> reasons;
    std::vector<OrderLine> lines;
    void (*change)(World&);
    Method method = Method::ship;
};

const NodeId kFirst[] = {NodeId(0)};
using enum Rejection;

std::vector<Case> cases() {
    return {
        {"the nearest has it", PlanOutcome::planned, {none, costlier, costlier, costlier}, {kOneA}, [](World&) {}},
        {"only one is allowed",
         PlanOutcome::planned,
         {none, not_allowed, not_allowed, not_allowed},
         {kOneA},
         [](World& w) { w.request.only = kFirst; }},
        {"the first failed before",
         PlanOutcome::planned,
         {excluded, none, costlier, costlier},
         {kOneA},
         [](World& w) { w.request.excluded = kFirst; }},
        {"the first does not ship",
         PlanOutcome::planned,
         {not_shipping, none, costlier, costlier},
         {kOneA},
         [](World& w) { w.network.nodes[0].ships = false; }},
        {"nor to a locker",
         PlanOutcome::planned,
         {not_shipping, none, costlier, costlier},
         {kOneA},
         [](World& w) { w.network.nodes[0].ships = false; },
         Method::locker},
        {"the first is closed",
         PlanOutcome::planned,
         {closed, none, costlier, costlier},
         {kOneA},
         [](World& w) { w.network.nodes[0].open = false; }},
        {"the first is full",
         PlanOutcome::planned,
         {no_capacity, none, costlier, costlier},
         {kOneA},
         [](World& w) { w.network.nodes[0].capacity_left = 0; }},
        {"the first has none", PlanOutcome::planned, {no_stock, none, costlier, costlier}, {kOneB}, [](World&) {}},
        {"the first has a part", PlanOutcome::planned, {no_stock, none, no_stock, costlier}, {{Sku(0), 2}}, [](World&) {}},
        {"nobody has so many", PlanOutcome::out_of_stock, {no_stock, no_stock, no_stock, no_stock}, {{Sku(0), 9}}, [](World&) {}},
        {"too many parcels",
         PlanOutcome::split_limit,
         {split_limit, split_limit, split_limit, split_limit},
         {{Sku(0), 7}},
         [](World& w) { w.request.max_nodes = 2; }},
        {"no node may",
         PlanOutcome::no_node,
         {closed, closed, closed, closed},
         {kOneA},
         [](World& w) {
             for (RouteNode& node : w.network.nodes) node.open = false;
         }},
        {"the store does not hand over",
         PlanOutcome::no_node,
         {no_handover, not_allowed, not_allowed, not_allowed},
         {kOneA},
         [](World& w) { w.network.nodes[0].hands_over = false; },
         Method::pickup},
        {"nor reserves",
         PlanOutcome::no_node,
         {no_handover, not_allowed, not_allowed, not_allowed},
         {kOneA},
         [](World& w) { w.network.nodes[0].hands_over = false; },
         Method::reserve_in_store},
        {"but is carried out of",
         PlanOutcome::planned,
         {none, not_allowed, not_allowed, not_allowed},
         {kOneA},
         [](World& w) { w.network.nodes[0].hands_over = false; },
         Method::carry_out},
    };
}
}  // namespace

TEST_CASE("routing: each node's reason and the outcome, as its row says") {
    for (const Case& row : cases()) {
        INFO(row.name);
        World w;
        w.request.method = row.method;
        row.change(w);
        CHECK(std::string(name_of(w.plan(RoutingPolicy::nearest, row.lines).outcome)) == name_of(row.outcome));
        std::vector<std::string> got;
        std::vector<std::string> expected;
        for (const Rejection reason : w.reasons()) got.push_back(name_of(reason));
        for (const Rejection reason : row.reasons) expected.push_back(name_of(reason));
        CHECK(got == expected);
    }
}

// The others belong to carriers, rules, protection, prices and split policies, and are shown in their tests.
TEST_CASE("routing: every reason and every outcome of the plain policies stands in some row") {
    std::set<Rejection> reasons;
    std::set<PlanOutcome> outcomes;
    for (const Case& row : cases()) {
        reasons.insert(row.reasons.begin(), row.reasons.end());
        outcomes.insert(row.outcome);
    }
    CHECK(reasons.size() == static_cast<std::size_t>(Rejection::split_limit));  // out_of_reach is a carrier's
    CHECK(outcomes.size() == static_cast<std::size_t>(PlanOutcome::no_node) + 1);
}

TEST_CASE("routing: the explanation reads as a table") {
    World w;
    w.network.nodes[1].open = false;
    w.plan(RoutingPolicy::nearest, {kOneA});
    CHECK(w.why.text() ==
          "planned by nearest: 1 parcel, weighs 1015 = fixed 1000 + distance 5 + units 10\n"
          "next best: node 2, weighs 130, 885 less\n"
          "node     km  units        cost  why\n"
          "   0      5      1        1015  in the plan\n"
          "   1     10      1        1020  closed now\n"
          "   2     20      1         130  costlier or farther than the plan\n"
          "   3     40      1        1050  costlier or farther than the plan\n");
}

TEST_CASE("routing: nodes are sorted by distance, equal ones by number") {
    RoutingNetwork network;
    network.nodes.resize(4);
    network.km = {{7, 3, 7, 1}};
    network.sort_by_distance();
    CHECK(network.by_distance[0] == std::vector<NodeId>{NodeId(3), NodeId(1), NodeId(0), NodeId(2)});
}
