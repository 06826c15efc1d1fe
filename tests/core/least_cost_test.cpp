// The exact optimiser against everything that could have been done, and against itself the slow way.
#include "core/routing/least_cost.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <map>
#include <numeric>
#include <optional>

#include "tests/core/counted_new.hpp"
#include "tests/core/every_assignment.hpp"
#include "tests/core/generator.hpp"

using namespace lastunit;
using namespace lastunit::core;
using namespace lastunit::core::testing;

namespace {

// Which parts of the problem a family of random orders has.
struct Family {
    bool declines, min_units, surcharges, capacities;
    LineSplit lines;
};

OrderProblem random_problem(Generator& random, const Family& family) {
    OrderProblem problem;
    const std::uint32_t demands = 1 + random.below(3);
    for (std::uint32_t d = 0; d < demands; ++d) problem.wanted.push_back(random.between(1, 3));
    const std::uint32_t nodes = 1 + random.below(4);
    const std::int32_t most = random.between(1, 3);
    for (std::uint32_t n = 0; n < nodes; ++n) {
        OfferedNode node;
        node.about = {NodeId(static_cast<std::uint16_t>(n)), random.below(4), random.between(0, 9),
                      family.capacities ? random.between(0, 3) : 9, family.min_units ? random.between(1, 3) : 1};
        for (std::uint32_t d = 0; d < demands; ++d) {
            Offer offer{.available = random.between(0, most), .unit = random.between(0, 4)};
            if (family.surcharges) {
                offer.plain = random.between(0, 2);
                offer.surcharge = random.between(0, 5);
            }
            node.offers.push_back(offer);
        }
        problem.nodes.push_back(node);
    }
    if (family.declines) {
        problem.decline_order = random.between(0, 6);
        for (std::uint32_t d = 0; d < demands; ++d)
            problem.decline.push_back(random.one_in(4) ? kNeverDeclined : random.between(0, 25));
    }
    problem.limits.max_nodes = random.below(5);
    problem.limits.lines = family.lines;
    return problem;
}

bool solve(LeastCost& optimiser, const OrderProblem& problem) {
    optimiser.start(problem.wanted);
    for (const OfferedNode& node : problem.nodes) optimiser.add_node(node.about, node.offers);
    if (!problem.decline.empty()) optimiser.allow_decline(problem.decline_order, problem.decline);
    return optimiser.solve(problem.limits);
}

// What the plan costs and uses, from its pieces; checks that it is a plan at all.
EveryAssignment::Best measure(const OrderProblem& problem, const LeastCost& optimiser) {
    EveryAssignment::Best sum;
    std::vector<Quantity> left = problem.wanted;
    std::map<std::uint16_t, std::pair<Quantity, Quantity>> used;  // pieces, units
    for (const Piece& piece : optimiser.pieces()) {
        const OfferedNode& node = problem.nodes[piece.node.value];
        const Offer& offer = node.offers[piece.demand];
        REQUIRE(piece.quantity > 0);
        REQUIRE(piece.quantity <= offer.available);
        left[piece.demand] -= piece.quantity;
        sum.cost += piece.quantity * offer.unit + std::max(0, piece.quantity - offer.plain) * offer.surcharge;
        ++used[piece.node.value].first;
        used[piece.node.value].second += piece.quantity;
    }
    for (const std::uint32_t demand : optimiser.declined()) {
        REQUIRE(left[demand] == problem.wanted[demand]);
        REQUIRE(problem.decline[demand] != kNeverDeclined);
        left[demand] = 0;
        sum.cost += problem.decline[demand];
        ++sum.declined;
    }
    if (sum.declined > 0) sum.cost += problem.decline_order;
    REQUIRE(std::all_of(left.begin(), left.end(), [](Quantity q) { return q == 0; }));
    for (const auto& [node, count] : used) {
        REQUIRE(count.first <= problem.nodes[node].about.capacity);
        REQUIRE(count.second >= problem.nodes[node].about.min_units);
        sum.cost += problem.nodes[node].about.parcel;
        sum.km += problem.nodes[node].about.km;
        ++sum.nodes;
    }
    REQUIRE(sum.nodes <= problem.limits.max_nodes);
    REQUIRE(sum.cost == optimiser.cost());
    return sum;
}

// A shop with `nodes` nodes of which each has three in five of the order's lines, nearer ones cheaper.
OrderProblem shop(Generator& random, std::uint32_t demands, std::uint32_t nodes, std::uint32_t has_of_ten) {
    OrderProblem problem;
    for (std::uint32_t d = 0; d < demands; ++d) problem.wanted.push_back(random.between(1, 2));
    for (std::uint32_t n = 0; n < nodes; ++n) {
        const std::uint32_t km = random.below(600);
        OfferedNode node;
        node.about = {NodeId(static_cast<std::uint16_t>(n)), km, 500 + static_cast<Money>(random.below(300)) + 3 * Money{km}, 100,
                      1};
        for (std::uint32_t d = 0; d < demands; ++d)
            node.offers.push_back({.available = random.below(10) < has_of_ten ? random.between(1, 4) : 0,
                                   .unit = 20 + static_cast<Money>(random.below(40))});
        problem.nodes.push_back(node);
    }
    return problem;
}

}  // namespace

TEST_CASE("least cost: what it finds is the best of all assignments, in every family of rules") {
    LeastCost optimiser;
    int solved = 0;
    int refused = 0;
    std::uint64_t seed = 0;
    for (const LineSplit lines : {LineSplit::when_needed, LineSplit::never, LineSplit::freely})
        for (std::uint32_t bits = 0; bits < 16; ++bits) {
            const Family family{(bits & 1U) != 0, (bits & 2U) != 0, (bits & 4U) != 0, (bits & 8U) != 0, lines};
            for (int i = 0; i < 250; ++i) {
                Generator random(++seed);
                OrderProblem problem = random_problem(random, family);
                for (const Goal goal : {Goal::cheapest, Goal::fewest}) {
                    INFO("seed " << seed << " family " << bits << " lines " << name_of(lines) << " goal "
                                 << static_cast<int>(goal));
                    problem.limits.goal = goal;
                    const bool found = solve(optimiser, problem);
                    const auto expected = EveryAssignment(problem).solve();
                    REQUIRE(found == expected.has_value());
                    ++(found ? solved : refused);
                    if (!found) continue;
                    const EveryAssignment::Best got = measure(problem, optimiser);
                    REQUIRE(optimiser.exact());
                    REQUIRE(optimiser.lower_bound() == optimiser.cost());
                    REQUIRE(got.cost == expected->cost);
                    REQUIRE(got.nodes == expected->nodes);
                    REQUIRE(got.declined == expected->declined);
                    REQUIRE(got.km == expected->km);
                }
            }
        }
    CHECK(solved > 8000);
    CHECK(refused > 4000);
}

namespace {

// Every set of at most four nodes of an order whose demands are never split and whose nodes have room.
std::optional<Money> best_of_all_subsets(const OrderProblem& problem) {
    std::optional<Money> best;
    const auto nodes = static_cast<std::uint32_t>(problem.nodes.size());
    const auto demands = problem.wanted.size();
    constexpr Money kNone = INT64_MAX / 64;
    std::vector<std::vector<Money>> least(5, std::vector<Money>(demands, kNone));
    const auto extend = [&](const auto& self, std::uint32_t from, std::uint32_t depth, Money parcels) -> void {
        Money sum = parcels;
        for (const Money cost : least[depth]) sum += cost;
        if (sum < kNone && (!best || sum < *best)) best = sum;
        if (depth == problem.limits.max_nodes) return;
        for (std::uint32_t n = from; n < nodes; ++n) {
            for (std::size_t d = 0; d < demands; ++d) {
                const Offer& offer = problem.nodes[n].offers[d];
                const Money here = offer.available >= problem.wanted[d] ? problem.wanted[d] * offer.unit : kNone;
                least[depth + 1][d] = std::min(least[depth][d], here);
            }
            self(self, n + 1, depth + 1, parcels + problem.nodes[n].about.parcel);
        }
    };
    extend(extend, 0, 0, 0);
    return best;
}

// Every set of nodes of an order whose demands may all be split and whose nodes have room: each demand from the cheapest of them,
// or left out.
std::optional<EveryAssignment::Best> best_of_all_splits(const OrderProblem& problem) {
    std::optional<EveryAssignment::Best> best;
    std::vector<std::size_t> open;
    const auto rank = [&](const EveryAssignment::Best& b) {
        const auto nodes = static_cast<Money>(b.nodes), km = static_cast<Money>(b.km);
        const auto declined = static_cast<Money>(b.declined);
        return problem.limits.goal == Goal::cheapest ? std::array{b.cost, declined, nodes, km}
                                                     : std::array{declined, nodes, b.cost, km};
    };
    const auto judge = [&] {
        EveryAssignment::Best here;
        for (const std::size_t n : open) {
            here.cost += problem.nodes[n].about.parcel;
            here.km += problem.nodes[n].about.km;
            ++here.nodes;
        }
        for (std::size_t d = 0; d < problem.wanted.size(); ++d) {
            std::vector<Money> units;  // the cost of each that the nodes have
            for (const std::size_t n : open)
                units.insert(units.end(), static_cast<std::size_t>(problem.nodes[n].offers[d].available),
                             problem.nodes[n].offers[d].unit);
            std::sort(units.begin(), units.end());
            const auto wanted = static_cast<std::size_t>(problem.wanted[d]);
            const bool enough = units.size() >= wanted;
            const Money cost = enough ? std::accumulate(units.begin(), units.begin() + problem.wanted[d], Money{0}) : 0;
            if (problem.decline.empty() ? enough : enough && cost <= problem.decline[d]) {
                here.cost += cost;
                continue;
            }
            if (problem.decline.empty()) return;
            here.cost += problem.decline[d];
            ++here.declined;
        }
        if (!best || rank(here) < rank(*best)) best = here;
    };
    const auto extend = [&](const auto& self, std::size_t from) -> void {
        judge();
        if (open.size() == problem.limits.max_nodes) return;
        for (std::size_t n = from; n < problem.nodes.size(); ++n) {
            open.push_back(n);
            self(self, n + 1);
            open.pop_back();
        }
    };
    extend(extend, 0);
    return best;
}

}  // namespace

TEST_CASE("least cost: on orders of up to twenty lines and thirty nodes it is the best of all subsets") {
    LeastCost optimiser;
    int solved = 0;
    for (std::uint64_t seed = 1; seed <= 120; ++seed) {
        INFO("seed " << seed);
        Generator random(seed);
        OrderProblem problem = shop(random, 1 + random.below(20), 30, 5 + random.below(5));
        problem.limits.lines = LineSplit::never;
        problem.limits.max_nodes = 2 + random.below(3);
        const bool found = solve(optimiser, problem);
        const std::optional<Money> expected = best_of_all_subsets(problem);
        REQUIRE(found == expected.has_value());
        if (!found) continue;
        ++solved;
        measure(problem, optimiser);
        REQUIRE(optimiser.exact());
        REQUIRE(optimiser.cost() == *expected);
    }
    CHECK(solved > 60);
}

TEST_CASE(
    "least cost: orders that no node has whole are split over the best of all subsets, for each goal, and nothing is allocated") {
    LeastCost optimiser;
    int solved = 0;
    std::size_t repeated = 0;
    for (std::uint64_t seed = 1; seed <= 160; ++seed) {
        INFO("seed " << seed);
        Generator random(seed);
        OrderProblem problem = shop(random, 1 + random.below(6), 17, 4 + random.below(5));
        for (Quantity& wanted : problem.wanted) wanted = random.between(1, 8);
        problem.limits.lines = LineSplit::freely;
        problem.limits.max_nodes = 2 + random.below(3);
        problem.limits.goal = random.below(3) == 0 ? Goal::fewest : Goal::cheapest;
        if (problem.limits.goal == Goal::cheapest && random.below(3) == 0)
            for (std::size_t d = 0; d < problem.wanted.size(); ++d) problem.decline.push_back(random.between(100, 1500));
        const bool found = solve(optimiser, problem);
        const std::optional<EveryAssignment::Best> expected = best_of_all_splits(problem);
        REQUIRE(found == expected.has_value());
        if (!found) continue;
        ++solved;
        const EveryAssignment::Best seen = measure(problem, optimiser);
        REQUIRE(optimiser.exact());
        REQUIRE(optimiser.lower_bound() == seen.cost);
        REQUIRE(seen.declined == expected->declined);
        REQUIRE(seen.cost == expected->cost);
        REQUIRE(seen.nodes == expected->nodes);
        REQUIRE(seen.km == expected->km);
        solve(optimiser, problem);  // warm: both plans that it swaps have grown
        const std::size_t before = allocations();
        solve(optimiser, problem);
        repeated += allocations() - before;
    }
    CHECK(solved > 100);
    CHECK(repeated == 0);
}

TEST_CASE("least cost: stopped early it still plans, and its bound is below the optimum") {
    LeastCost optimiser;
    int stopped = 0;
    int proven_apart = 0;
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        INFO("seed " << seed);
        Generator random(seed);
        OrderProblem problem = shop(random, 12, 60, 5);
        problem.limits.lines = LineSplit::never;
        if (!solve(optimiser, problem)) continue;
        REQUIRE(optimiser.exact());
        const Money optimum = optimiser.cost();
        for (const std::uint64_t budget : {2'000U, 10'000U, 50'000U}) {
            problem.limits.budget = budget;
            if (!solve(optimiser, problem)) continue;
            measure(problem, optimiser);
            REQUIRE(optimiser.lower_bound() <= optimum);
            REQUIRE(optimiser.cost() >= optimum);
            REQUIRE((optimiser.lower_bound() == optimiser.cost() || !optimiser.exact()));
            stopped += optimiser.exact() ? 0 : 1;
            proven_apart += optimiser.lower_bound() > 0 ? 1 : 0;
        }
    }
    CHECK(stopped > 100);
    CHECK(proven_apart > 100);
}

TEST_CASE("least cost: the order of equal nodes decides, and nothing else") {
    LeastCost optimiser;
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        INFO("seed " << seed);
        Generator random(seed);
        const OrderProblem problem = shop(random, 1 + random.below(12), 80, 7);
        const bool found = solve(optimiser, problem);
        const std::vector<Piece> first(optimiser.pieces().begin(), optimiser.pieces().end());
        Generator other(seed + 1000);
        solve(optimiser, shop(other, 5, 40, 6));
        REQUIRE(solve(optimiser, problem) == found);
        if (!found) continue;
        REQUIRE(optimiser.pieces().size() == first.size());
        for (std::size_t i = 0; i < first.size(); ++i) {
            REQUIRE(optimiser.pieces()[i].node == first[i].node);
            REQUIRE(optimiser.pieces()[i].demand == first[i].demand);
            REQUIRE(optimiser.pieces()[i].quantity == first[i].quantity);
        }
    }
}
