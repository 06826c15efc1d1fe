// Routing takes no memory once it is warm.
#include <catch2/catch.hpp>
#include <new>

#include "tests/core/counted_new.hpp"
#include "tests/core/generator.hpp"
#include "tests/core/routing_world.hpp"

using namespace lastunit;
using namespace lastunit::core;
using namespace lastunit::core::testing;

namespace {

// Fifty nodes, ten SKUs, each at half of the nodes.
struct BigWorld {
    BigWorld() : ledger(LedgerConfig{.nodes = 50, .skus = 10, .channels = 2}), network() {
        Generator random(7);
        network.km.resize(1);
        network.cost_per_km = 3;
        prices.resize(500);
        for (std::uint16_t n = 0; n < 50; ++n) {
            network.nodes.push_back(
                {.capacity_left = random.between(1, 6), .fixed_cost = random.between(300, 900), .unit_cost = 20});
            network.nodes.back().rank = random.between(0, 3);
            network.km[0].push_back(random.below(500));
            for (std::uint32_t sku = 0; sku < 10; ++sku) {
                prices[sku * 50 + n] = random.between(0, 300);
                if (random.one_in(2)) ledger.receive({}, SimTime{0}, NodeId(n), Sku(sku), random.between(1, 4), events);
            }
        }
        network.sort_by_distance();
        network.stock.prices = prices;
        network.protection = Protection(50, 1);
        network.protection.keep({.node = NodeId(3), .units = 1});
        network.protection.strength = Strength::soft;
        for (std::uint16_t n = 0; n < 40; ++n) only.push_back(NodeId(n));
    }
    // A hundred orders of one to ten lines, some beyond what one line's nodes have.
    std::size_t run(Router& router) {
        Generator random(11);
        SplitPolicy split;
        split.waiting = Waiting::allowed;
        const std::size_t before = allocations();
        for (int i = 0; i < 100; ++i) {
            lines.clear();
            decline.clear();
            const std::uint32_t count = 1 + random.below(10);
            for (std::uint32_t l = 0; l < count; ++l) {
                lines.push_back({Sku(random.below(10)), random.between(1, 6)});
                decline.push_back(random.between(500, 2000));
            }
            RouteRequest request;
            request.lines = lines;
            request.max_nodes = 1 + random.below(5);
            if (random.one_in(2)) request.only = only;
            if (random.one_in(2)) request.decline_cost = decline;
            if (random.one_in(2)) request.split = &split;
            request.budget = 20'000;
            router.plan(request, ledger, network, plan);
            planned += plan.outcome == PlanOutcome::planned ? 1 : 0;
        }
        return allocations() - before;
    }

    Ledger ledger;
    Events events;
    RoutingNetwork network;
    std::vector<Money> prices;
    std::vector<NodeId> only;
    std::vector<OrderLine> lines;
    std::vector<Money> decline;
    Plan plan;
    int planned = 0;
};

Rules rules() {
    Strategy near_by;
    near_by.filters = {{.kind = FilterKind::within_km, .strength = Strength::soft, .value = 100},
                       {.kind = FilterKind::safety_stock, .value = 1}};
    near_by.sorts = {{SortKey::rank, Direction::natural}, {SortKey::cost, Direction::natural}};
    Strategy best;
    best.assign = Assign::least_cost;
    return {{near_by, best}};
}

}  // namespace

TEST_CASE("routing: no policy allocates memory once it is warm") {
    const std::size_t before = allocations();
    ::operator delete(::operator new(1));  // unlike a new-expression, never left out by the compiler
    REQUIRE(allocations() > before);
    for (Router router : {Router(RoutingPolicy::nearest), Router(RoutingPolicy::cheapest), Router(RoutingPolicy::fewest_splits),
                          Router(rules())}) {
        INFO(name_of(router.policy()));
        BigWorld world;
        CHECK(world.run(router) > 0);
        CHECK(world.run(router) == 0);
        CHECK(world.planned > 60);
    }
}
