#include "core/routing/cover.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "tests/core/brute_force.hpp"
#include "tests/core/generator.hpp"

using namespace lastunit;
using namespace lastunit::core;
using namespace lastunit::core::testing;

namespace {

struct Problem {
    std::vector<Quantity> wanted;
    std::vector<BruteNode> nodes;
};

Problem random_problem(Generator& random) {
    Problem problem;
    const std::uint32_t demands = 1 + random.below(3);
    for (std::uint32_t d = 0; d < demands; ++d) problem.wanted.push_back(random.between(1, 3));
    const std::uint32_t nodes = 1 + random.below(5);
    const std::int32_t most = random.between(1, 3);
    for (std::uint32_t n = 0; n < nodes; ++n) {
        BruteNode node{{NodeId(static_cast<std::uint16_t>(n)), random.below(4), random.between(0, 4), random.between(0, 2),
                        random.one_in(3) ? random.between(1, 2) : 9},
                       {}};
        for (std::uint32_t d = 0; d < demands; ++d) node.available.push_back(random.between(0, most));
        problem.nodes.push_back(node);
    }
    return problem;
}

// Cost, nodes and kilometres of what the search found, recomputed from its pieces; checks that they are a plan at all.
BruteForce::Best measure(const Problem& problem, std::span<const CoverPiece> pieces) {
    BruteForce::Best sum;
    std::vector<Quantity> left = problem.wanted;
    std::map<std::uint16_t, Quantity> used;
    for (const CoverPiece& piece : pieces) {
        const BruteNode& node = problem.nodes[piece.node.value];
        REQUIRE(piece.quantity > 0);
        REQUIRE(piece.quantity <= node.available[piece.demand]);
        left[piece.demand] -= piece.quantity;
        sum.cost += piece.quantity * node.about.unit;
        ++used[piece.node.value];
    }
    REQUIRE(std::all_of(left.begin(), left.end(), [](Quantity q) { return q == 0; }));
    for (const auto& [node, count] : used) {
        REQUIRE(count <= problem.nodes[node].about.capacity);
        sum.cost += problem.nodes[node].about.parcel;
        sum.km += problem.nodes[node].about.km;
        ++sum.nodes;
    }
    return sum;
}

}  // namespace

TEST_CASE("cover: cheapest and fewest are what brute force finds, capacities included") {
    CoverSearch search;
    int solved = 0;
    int refused = 0;
    for (std::uint64_t seed = 1; seed <= 4000; ++seed) {
        INFO("seed " << seed);
        Generator random(seed);
        const Problem problem = random_problem(random);
        const std::uint32_t max_nodes = random.below(5);
        for (const CoverGoal goal : {CoverGoal::cheapest, CoverGoal::fewest}) {
            search.start(problem.wanted);
            for (const BruteNode& node : problem.nodes) search.add_node(node.about, node.available);
            const bool found = search.solve(goal, max_nodes);
            const auto expected = BruteForce(problem.wanted, problem.nodes).solve(goal, max_nodes);
            REQUIRE(found == expected.has_value());
            ++(found ? solved : refused);
            if (!found) continue;
            const BruteForce::Best got = measure(problem, search.pieces());
            REQUIRE(got.nodes == expected->nodes);
            REQUIRE(got.cost == expected->cost);
            REQUIRE(got.km == expected->km);
        }
    }
    CHECK(solved > 1000);
    CHECK(refused > 1000);
}

TEST_CASE("cover: beyond the exact candidates a rare SKU is still found") {
    CoverSearch search;
    const std::vector<Quantity> wanted{1, 1};
    search.start(wanted);
    for (std::uint16_t n = 0; n < 100; ++n) {
        const bool rare = n == 99;
        const std::vector<Quantity> available{rare ? 0 : 1, rare ? 1 : 0};
        search.add_node({NodeId(n), n, rare ? 1000 : 10, 0, 9}, available);
    }
    REQUIRE(search.solve(CoverGoal::cheapest, 2));
    REQUIRE(search.pieces().size() == 2);
    CHECK(search.pieces()[0].node == NodeId(0));
    CHECK(search.pieces()[1].node == NodeId(99));
}

TEST_CASE("cover: ties go to the nearer node, then to the lower number") {
    const std::vector<Quantity> wanted{1};
    const std::vector<Quantity> one{1};
    CoverSearch search;
    search.start(wanted);
    search.add_node({NodeId(3), 5, 10, 1, 9}, one);
    search.add_node({NodeId(2), 4, 10, 1, 9}, one);
    search.add_node({NodeId(1), 4, 10, 1, 9}, one);
    REQUIRE(search.solve(CoverGoal::cheapest, 4));
    CHECK(search.pieces()[0].node == NodeId(1));
}
