// Prices of stock, declining at a penalty, and the prices that need no forecast.
#include <catch2/catch.hpp>
#include <cmath>

#include "core/routing/primal_dual.hpp"
#include "tests/core/routing_world.hpp"

using namespace lastunit;
using namespace lastunit::core;
using namespace lastunit::core::testing;

TEST_CASE("prices: they weigh in the decision, stand as a term of their own, and nobody pays them") {
    RoutingWorld w;
    std::vector<Money> prices(12, 0);
    w.network.stock.prices = prices;
    w.plan(RoutingPolicy::cheapest, {kOneA});
    CHECK(w.nodes() == std::vector<int>{2});
    prices[2] = 884;  // node 2 costs 130, node 0 1015
    w.plan(RoutingPolicy::cheapest, {kOneA});
    CHECK(w.nodes() == std::vector<int>{2});
    CHECK(w.result.cost == 130);
    CHECK(w.result.terms.price == 884);
    CHECK(w.result.lower_bound == 1014);
    prices[2] = 886;
    w.plan(RoutingPolicy::cheapest, {kOneA});
    CHECK(w.nodes() == std::vector<int>{0});
    CHECK(w.result.cost == 1015);
    CHECK(w.result.terms.price == 0);
    REQUIRE(w.why.runner_up);
    CHECK(w.why.runner_up->nodes == std::vector<NodeId>{NodeId(2)});
    CHECK(w.why.runner_up->total == 1016);
    CHECK(w.why.rows[2].price == 886);
}

TEST_CASE("prices: they are of a node and a SKU") {
    RoutingWorld w;
    std::vector<Money> prices(12, 0);
    prices[4 + 2] = 5000;  // SKU 1 at node 2
    w.network.stock.prices = prices;
    w.plan(RoutingPolicy::cheapest, {kOneA});
    CHECK(w.nodes() == std::vector<int>{2});
    w.plan(RoutingPolicy::cheapest, {kOneB});
    CHECK(w.nodes() == std::vector<int>{1});
}

TEST_CASE("zone costs: what a unit costs to send depends on where it goes") {
    RoutingWorld w;
    w.network.zone_cost = {{0, 0, 2000, 0}, {0, 0, 0, 0}};
    w.plan(RoutingPolicy::cheapest, {kOneA});
    CHECK(w.nodes() == std::vector<int>{0});
    w.request.zone = ZoneId(1);
    w.plan(RoutingPolicy::cheapest, {kOneA});
    CHECK(w.nodes() == std::vector<int>{2});
    CHECK(w.result.terms.units == 10);
}

TEST_CASE("declining: a line is left out when it costs less than serving it, the whole order is an outcome of its own") {
    RoutingWorld w;
    std::vector<Money> penalty{1000, 900};
    w.request.decline_cost = penalty;
    w.plan(RoutingPolicy::cheapest, {kOneB, kOneC});
    CHECK(w.nodes() == std::vector<int>{2});  // both from node 3 would be 1060
    CHECK(w.result.declined == std::vector<std::uint32_t>{1});
    CHECK(w.result.terms.declined == 900);
    CHECK(w.result.cost == 130);
    CHECK(w.result.terms.total() == 1030);
    CHECK(w.why.text().find("lines left out: 1") != std::string::npos);
    penalty[1] = 1200;
    w.plan(RoutingPolicy::cheapest, {kOneB, kOneC});
    CHECK(w.result.declined.empty());
    w.request.decline_order_cost = 0;
    penalty = {10, 20};
    CHECK(w.plan(RoutingPolicy::cheapest, {kOneB, kOneC}).outcome == PlanOutcome::declined);
    CHECK(w.result.lines.empty());
    CHECK(w.result.declined == std::vector<std::uint32_t>{0, 1});
    CHECK(w.result.terms.total() == 30);
    CHECK(w.reasons()[3] == Rejection::declined);
    w.request.decline_order_cost = 200;
    CHECK(w.plan(RoutingPolicy::cheapest, {kOneA, kOneB}).outcome == PlanOutcome::planned);
}

TEST_CASE("declining: what is nowhere is left out, and what may not be left out is not") {
    RoutingWorld w;
    std::vector<Money> penalty{1000, 1000};
    w.request.decline_cost = penalty;
    w.plan(RoutingPolicy::cheapest, {kOneB, {Sku(2), 9}});
    CHECK(w.result.declined == std::vector<std::uint32_t>{1});
    penalty[1] = kNeverDeclined;
    CHECK(w.plan(RoutingPolicy::cheapest, {kOneB, {Sku(2), 9}}).outcome == PlanOutcome::out_of_stock);
    // Two lines of one SKU stand or fall together.
    penalty = {60, 60};
    CHECK(w.plan(RoutingPolicy::cheapest, {kOneB, kOneB}).outcome == PlanOutcome::declined);
    CHECK(w.result.terms.declined == 120);
    CHECK(w.result.declined == std::vector<std::uint32_t>{0, 1});
}

TEST_CASE("smallest parcel: a node sends nothing below it") {
    RoutingWorld w;
    w.network.nodes[2].min_units = 2;
    w.plan(RoutingPolicy::cheapest, {kOneA});
    CHECK(w.nodes() == std::vector<int>{0});
    CHECK(w.reasons()[2] == Rejection::too_few);
    w.plan(RoutingPolicy::cheapest, {kOneA, kOneB});
    CHECK(w.nodes() == std::vector<int>{2, 2});
}

TEST_CASE("primal-dual prices: nothing while all is there, the value when all is gone, convex in between") {
    CHECK(primal_dual_price(1000, 10, 10) == 0);
    CHECK(primal_dual_price(1000, 10, 12) == 0);
    CHECK(primal_dual_price(1000, 10, 0) == 1000);
    CHECK(primal_dual_price(1000, 10, -1) == 1000);
    CHECK(primal_dual_price(1000, 0, 0) == 1000);
    CHECK(primal_dual_price(1000, 10, 5) == std::lround(1000 * (std::exp(0.5) - 1) / (std::exp(1.0) - 1)));
    Money before = -1;
    Money step_before = 0;
    for (Quantity left = 100; left >= 0; --left) {
        const Money price = primal_dual_price(1'000'000, 100, left);
        CHECK(price > before);
        if (left < 100) CHECK(price - before >= step_before - 1);
        step_before = left < 100 ? price - before : 0;
        before = price;
    }
}

TEST_CASE("primal-dual prices: a table of them spares the shelf that is nearly empty") {
    RoutingWorld w;
    std::vector<Money> prices(12, 0);
    const std::vector<Quantity> start{4, 2, 4, 4};
    primal_dual_prices(w.ledger, Sku(0), 2000, start, std::span(prices).subspan(0, 4));
    CHECK(prices[1] == 0);
    CHECK(prices[0] == prices[2]);
    CHECK(prices[0] == primal_dual_price(2000, 4, 1));
    w.network.stock.prices = prices;
    w.plan(RoutingPolicy::cheapest, {kOneA});
    CHECK(w.nodes() == std::vector<int>{1});
}

TEST_CASE("tariffs: what a unit weighs costs by the kilogram, and a node that no carrier serves is out of reach") {
    RoutingWorld w;
    w.network.grams = {400, 2000, 0};
    w.network.to_door = {{{0, 0, {}}, {0, 0, {}}, {500, 300, {}}, {0, 0, {}}}, {{}, {}, {}, {}}};
    w.network.to_locker = {{{kNotSent, 0, {}}, {70, 0, {}}, {kNotSent, 0, {}}, {kNotSent, 0, {}}}, {{}, {}, {}, {}}};
    w.plan(RoutingPolicy::cheapest, {kOneA});
    CHECK(w.nodes() == std::vector<int>{2});
    CHECK(w.result.terms.fixed == 100);
    CHECK(w.result.terms.distance == 500);  // the tariff's parcel instead of 20 km
    CHECK(w.result.terms.units == 10 + 120);
    CHECK(w.result.lower_bound == w.result.cost);
    CHECK(w.why.rows[2].cost == w.result.cost);
    w.plan(RoutingPolicy::cheapest, {kOneA, kOneB});
    CHECK(w.nodes() == std::vector<int>{1, 1});  // 1020, against 600 + 20 + 120 + 600 at node 2
    CHECK(w.result.cost == 1020);
    w.request.method = Method::locker;
    w.plan(RoutingPolicy::nearest, {kOneA});
    CHECK(w.nodes() == std::vector<int>{1});
    CHECK(w.reasons() ==
          std::vector<Rejection>{Rejection::out_of_reach, Rejection::none, Rejection::out_of_reach, Rejection::out_of_reach});
    CHECK(w.result.cost == 1000 + 10 + 70);
    CHECK(w.why.text().find("no carrier goes there from it") != std::string::npos);
}
