// Routing on random small networks: every plan can be allocated as it stands, and the optimal policies match brute force.
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "core/routing/router.hpp"
#include "tests/core/every_assignment.hpp"
#include "tests/core/generator.hpp"

using namespace lastunit;
using namespace lastunit::core;
using namespace lastunit::core::testing;

namespace {

struct Instance {
    explicit Instance(std::uint64_t seed) : random(seed), ledger(LedgerConfig{.nodes = 5, .skus = 3, .channels = 2}) {
        network.nodes.resize(5);
        network.km.resize(2, std::vector<std::uint32_t>(5));
        network.cost_per_km = random.between(0, 2);
        for (std::uint16_t n = 0; n < 5; ++n) {
            network.nodes[n] = {.ships = !random.one_in(6),
                                .hands_over = random.one_in(2),
                                .open = !random.one_in(6),
                                .capacity_left = random.between(0, 4),
                                .fixed_cost = random.between(0, 9),
                                .unit_cost = random.between(0, 3)};
            for (auto& row : network.km) row[n] = random.below(6);
            for (std::uint32_t sku = 0; sku < 3; ++sku)
                if (const Quantity units = random.between(0, 3); units > 0)
                    ledger.receive({}, SimTime{0}, NodeId(n), Sku(sku), units, events);
            if (random.one_in(3)) ledger.set_channel_allocation({}, SimTime{0}, NodeId(n), Sku(0), ChannelId(1), 1, events);
        }
        network.sort_by_distance();
        for (std::uint32_t i = 0; i < 1 + random.below(3); ++i) lines.push_back({Sku(random.below(3)), random.between(1, 3)});
        if (random.one_in(4)) excluded.push_back(NodeId(static_cast<std::uint16_t>(random.below(5))));
        request.lines = lines;
        request.zone = ZoneId(static_cast<std::uint16_t>(random.below(2)));
        request.channel = ChannelId(static_cast<std::uint8_t>(random.below(2)));
        request.excluded = excluded;
        request.max_nodes = 1 + random.below(4);
    }

    // The instance as the assignment problem it is.
    OrderProblem problem() const {
        std::map<std::uint32_t, Quantity> sums;
        std::vector<std::uint32_t> skus;
        for (const OrderLine& line : lines) {
            if (!sums.contains(line.sku.value)) skus.push_back(line.sku.value);
            sums[line.sku.value] += line.quantity;
        }
        OrderProblem problem;
        for (const std::uint32_t sku : skus) problem.wanted.push_back(sums[sku]);
        for (std::uint16_t n = 0; n < 5; ++n) {
            const RouteNode& about = network.nodes[n];
            if (!about.ships || !about.open || about.capacity_left == 0 || (!excluded.empty() && excluded[0] == NodeId(n)))
                continue;
            const std::uint32_t km = network.km[request.zone.value][n];
            OfferedNode node{{NodeId(n), km, about.fixed_cost + network.cost_per_km * km, about.capacity_left, about.min_units},
                             {}};
            for (const std::uint32_t sku : skus)
                node.offers.push_back({.available = ledger.atp(NodeId(n), Sku(sku), request.channel), .unit = about.unit_cost});
            problem.nodes.push_back(node);
        }
        problem.limits.max_nodes = request.max_nodes;
        return problem;
    }

    Generator random;
    Ledger ledger;
    Events events;
    RoutingNetwork network;
    std::vector<OrderLine> lines;
    std::vector<NodeId> excluded;
    RouteRequest request;
};

}  // namespace

TEST_CASE("routing: cheapest and fewest splits are optimal on small networks, and every plan can be allocated") {
    Plan plan;
    Explanation why;
    int planned = 0;
    for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
        INFO("seed " << seed);
        Instance instance(seed);
        for (const RoutingPolicy policy : {RoutingPolicy::nearest, RoutingPolicy::cheapest, RoutingPolicy::fewest_splits}) {
            INFO(name_of(policy));
            Router router(policy);
            router.plan(instance.request, instance.ledger, instance.network, plan, &why);
            OrderProblem problem = instance.problem();
            problem.limits.goal = policy == RoutingPolicy::cheapest ? Goal::cheapest : Goal::fewest;
            const auto best = EveryAssignment(problem).solve();
            REQUIRE((plan.outcome == PlanOutcome::planned) == best.has_value());
            if (!best) continue;
            ++planned;
            if (policy != RoutingPolicy::nearest) {
                REQUIRE(plan.cost == best->cost);
                REQUIRE(plan.nodes == best->nodes);
            }
            std::vector<Quantity> sums(instance.lines.size());
            std::vector<Line> wanted;
            std::set<NodeId> nodes;
            for (const PlanLine& line : plan.lines) {
                sums[line.line] += line.quantity;
                wanted.push_back({line.node, instance.lines[line.line].sku, line.quantity});
                nodes.insert(line.node);
                REQUIRE(why.rows[line.node.value].reason == Rejection::none);
            }
            for (std::size_t i = 0; i < sums.size(); ++i) REQUIRE(sums[i] == instance.lines[i].quantity);
            REQUIRE(plan.nodes == nodes.size());
            Events events;
            REQUIRE(instance.ledger.allocate({}, SimTime{0}, OrderId(1), instance.request.channel, wanted, Backorder::refuse,
                                             events) == Outcome::applied);
            REQUIRE(instance.ledger.deallocate({}, SimTime{0}, OrderId(1), wanted, events) == Outcome::applied);
        }
    }
    CHECK(planned > 3000);
}
