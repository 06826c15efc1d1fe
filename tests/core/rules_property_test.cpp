// Random networks, orders and rules: whatever the policy, a plan keeps to what is there, and the optimiser is never beaten.
#include <catch2/catch.hpp>
#include <map>
#include <optional>
#include <set>

#include "core/routing/router.hpp"
#include "tests/core/generator.hpp"

using namespace lastunit;
using namespace lastunit::core;
using namespace lastunit::core::testing;

namespace {

Strategy random_strategy(Generator& random) {
    Strategy strategy;
    for (std::uint32_t i = random.below(3); i > 0; --i) {
        Filter filter;
        filter.kind = static_cast<FilterKind>(random.below(8));
        filter.strength = random.one_in(2) ? Strength::soft : Strength::hard;
        filter.groups = random.below(4);
        filter.value = filter.kind == FilterKind::within_km    ? random.between(0, 9)
                       : filter.kind == FilterKind::load_below ? random.between(0, 1000)
                                                               : random.between(0, 2);
        strategy.filters.push_back(filter);
    }
    for (std::uint32_t i = random.below(3); i > 0; --i)
        strategy.sorts.push_back(
            {static_cast<SortKey>(random.below(6)), random.one_in(4) ? Direction::reversed : Direction::natural});
    strategy.max_nodes = 1 + random.below(5);
    strategy.lines = static_cast<LineSplit>(random.below(3));
    strategy.completeness = random.one_in(5) ? Completeness::ship_complete : Completeness::may_split;
    strategy.assign = random.one_in(2) ? Assign::least_cost : Assign::sort_first;
    return strategy;
}

// Twelve nodes, six SKUs.
struct Shop {
    explicit Shop(std::uint64_t seed) : random(seed), ledger(LedgerConfig{.nodes = kNodes, .skus = 6, .channels = 2}) {
        network.km.resize(1);
        network.cost_per_km = random.between(0, 3);
        for (std::uint16_t n = 0; n < kNodes; ++n) {
            RouteNode node{.ships = !random.one_in(8), .open = !random.one_in(8), .capacity_left = random.between(0, 6)};
            node.fixed_cost = random.between(0, 90);
            node.unit_cost = random.between(0, 9);
            node.groups = random.below(4);
            node.load = random.between(0, 1000);
            node.rank = random.between(0, 3);
            node.cut_off = hours(random.between(8, 24));
            network.nodes.push_back(node);
            network.km[0].push_back(random.below(10));
            for (std::uint32_t sku = 0; sku < 6; ++sku)
                if (random.one_in(2)) ledger.receive({}, SimTime{0}, NodeId(n), Sku(sku), random.between(1, 4), events);
        }
        for (int i = 0; i < 6 * kNodes; ++i) {
            prices.push_back(random.between(0, 30));
            reference.push_back(random.between(1, 5));
            age.push_back(random.between(0, 90));
        }
        network.stock = {prices, reference, age};
        network.sort_by_distance();
        network.protection = Protection(kNodes, 1);
        network.protection.keep({.node = NodeId(static_cast<std::uint16_t>(random.below(kNodes))), .units = 1});
        network.protection.strength = random.one_in(2) ? Strength::soft : Strength::hard;
        network.protection.cost_per_unit = random.between(0, 50);
        for (std::uint32_t i = 0; i < 1 + random.below(6); ++i) lines.push_back({Sku(random.below(6)), random.between(1, 4)});
        request.lines = lines;
        request.max_nodes = 1 + random.below(5);
        request.time_of_day = hours(12);
    }
    static constexpr std::uint16_t kNodes = 12;

    Generator random;
    Ledger ledger;
    Events events;
    RoutingNetwork network;
    std::vector<Money> prices;
    std::vector<Quantity> reference;
    std::vector<std::int32_t> age;
    std::vector<OrderLine> lines;
    RouteRequest request;
};

// Covers the order exactly, from nodes that may, within stock, protection, capacity and split limit; and its terms add up.
void check_plan(const Shop& shop, const Plan& plan) {
    std::vector<Quantity> sums(shop.lines.size());
    std::map<std::pair<std::uint16_t, std::uint32_t>, Quantity> taken;
    std::map<std::uint16_t, std::set<std::uint32_t>> skus;
    for (const PlanLine& line : plan.lines) {
        sums[line.line] += line.quantity;
        taken[{line.node.value, shop.lines[line.line].sku.value}] += line.quantity;
        skus[line.node.value].insert(shop.lines[line.line].sku.value);
    }
    for (std::size_t i = 0; i < sums.size(); ++i) REQUIRE(sums[i] == shop.lines[i].quantity);
    Money units = 0, price = 0, fixed = 0, protection = 0;
    for (const auto& [cell, quantity] : taken) {
        const NodeId node(cell.first);
        const Quantity atp = shop.ledger.atp(node, Sku(cell.second));
        const Quantity plain = std::max(0, atp - shop.network.protection.units(node, 0, shop.request.time_of_day));
        REQUIRE(quantity <= atp);
        if (plan.pass == Pass::first || shop.network.protection.strength == Strength::hard) REQUIRE(quantity <= plain);
        units += quantity * shop.network.nodes[cell.first].unit_cost;
        price += quantity * shop.prices[cell.second * Shop::kNodes + cell.first];
        protection += std::max(0, quantity - plain) * shop.network.protection.cost_per_unit;
    }
    for (const auto& [node, of_node] : skus) {
        const RouteNode& about = shop.network.nodes[node];
        REQUIRE(about.ships);
        REQUIRE(about.open);
        REQUIRE(static_cast<Quantity>(of_node.size()) <= about.capacity_left);
        fixed += about.fixed_cost + shop.network.cost_per_km * shop.network.km[0][node];
    }
    REQUIRE(skus.size() == plan.nodes);
    REQUIRE(plan.nodes <= shop.request.max_nodes);
    REQUIRE(plan.terms.fixed + plan.terms.distance == fixed);
    REQUIRE(plan.terms.units == units);
    REQUIRE(plan.terms.price == price);
    REQUIRE(plan.terms.protection == protection);
    REQUIRE(plan.cost == fixed + units);
    if (plan.lower_bound != kNoBound) REQUIRE(plan.lower_bound == plan.terms.total());
}

bool same(const Plan& a, const Plan& b) {
    return a.outcome == b.outcome && a.cost == b.cost && a.strategy == b.strategy && a.pass == b.pass &&
           std::equal(a.lines.begin(), a.lines.end(), b.lines.begin(), b.lines.end(), [](const PlanLine& x, const PlanLine& y) {
               return x.line == y.line && x.node == y.node && x.quantity == y.quantity;
           });
}

}  // namespace

TEST_CASE("routing: plans of every policy and of random rules keep to stock, protection, capacity and limits") {
    int planned = 0;
    int second_pass = 0;
    Plan plan;
    Plan again;
    Explanation why;
    for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
        INFO("seed " << seed);
        Shop shop(seed);
        Rules rules;
        for (std::uint32_t i = 1 + shop.random.below(3); i > 0; --i) rules.strategies.push_back(random_strategy(shop.random));
        for (Router router : {Router(RoutingPolicy::nearest), Router(RoutingPolicy::cheapest),
                              Router(RoutingPolicy::fewest_splits), Router(rules)}) {
            INFO(name_of(router.policy()));
            router.plan(shop.request, shop.ledger, shop.network, plan);
            // Scratch of another order, and an explanation, change nothing.
            router.plan(Shop(seed + 1).request, shop.ledger, shop.network, again);
            router.plan(shop.request, shop.ledger, shop.network, again, &why);
            REQUIRE(same(plan, again));
            REQUIRE(!why.text().empty());
            if (plan.outcome != PlanOutcome::planned) {
                REQUIRE(plan.lines.empty());
                continue;
            }
            ++planned;
            second_pass += plan.pass == Pass::second ? 1 : 0;
            check_plan(shop, plan);
            for (const PlanLine& line : plan.lines) REQUIRE(why.rows[line.node.value].reason == Rejection::none);
            if (why.runner_up) REQUIRE(why.runner_up->nodes.size() <= shop.request.max_nodes);
        }
    }
    CHECK(planned > 5000);
    CHECK(second_pass > 50);
}

TEST_CASE("routing: no policy and no rules plan what the optimiser would have planned for less") {
    int compared = 0;
    Plan best;
    Plan other;
    for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
        INFO("seed " << seed);
        Shop shop(seed);
        shop.network.protection = Protection();
        shop.request.line_split = LineSplit::freely;  // the optimiser may do whatever any other may
        Router(RoutingPolicy::cheapest).plan(shop.request, shop.ledger, shop.network, best);
        for (Router router : {Router(RoutingPolicy::nearest), Router(RoutingPolicy::fewest_splits),
                              Router(Rules{{random_strategy(shop.random)}})}) {
            router.plan(shop.request, shop.ledger, shop.network, other);
            if (other.outcome != PlanOutcome::planned) continue;
            ++compared;
            REQUIRE(best.outcome == PlanOutcome::planned);
            REQUIRE(best.terms.total() <= other.terms.total());
            REQUIRE(best.lower_bound == best.terms.total());
        }
    }
    CHECK(compared > 3000);
}

TEST_CASE("routing: the runner-up is the best plan without one of the plan's nodes") {
    int compared = 0;
    Plan plan;
    Plan other;
    Explanation why;
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        INFO("seed " << seed);
        Shop shop(seed);
        shop.network.protection = Protection();
        // Else a line that only the node left out has whole could be split without it, and be cheaper.
        shop.request.line_split = LineSplit::freely;
        Router router(RoutingPolicy::cheapest);
        router.plan(shop.request, shop.ledger, shop.network, plan, &why);
        if (plan.outcome != PlanOutcome::planned) continue;
        std::optional<Money> expected;
        for (const PlanLine& line : plan.lines) {
            const NodeId without[] = {line.node};
            shop.request.excluded = without;
            router.plan(shop.request, shop.ledger, shop.network, other);
            if (other.outcome == PlanOutcome::planned && (!expected || other.terms.total() < *expected))
                expected = other.terms.total();
        }
        REQUIRE(why.runner_up.has_value() == expected.has_value());
        if (!expected) continue;
        ++compared;
        REQUIRE(why.runner_up->total == *expected);
        REQUIRE(why.runner_up->difference == *expected - plan.terms.total());
        REQUIRE(why.runner_up->difference >= 0);
    }
    CHECK(compared > 200);
}
