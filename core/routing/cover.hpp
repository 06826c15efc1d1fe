// Which few nodes cover an order at least cost: the search behind the `cheapest` and `fewest_splits` policies, free of ledgers
// and networks so that it can be tested against brute force.
//
// A demand that some node has whole goes to one node; only a demand that no node has whole is spread over several.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/types.hpp"

namespace lastunit::core {

struct CoverNode {
    NodeId node;
    std::uint32_t km = 0;
    Money parcel = 0;       // paid once if the node is used; not negative
    Money unit = 0;         // per unit; not negative
    Quantity capacity = 0;  // pieces (order lines) it accepts
};

struct CoverPiece {
    std::uint32_t demand = 0;
    NodeId node;
    Quantity quantity = 0;
};

enum class CoverGoal : std::uint8_t {
    cheapest,  // then fewer nodes, nearer (sum of km), lower node numbers
    fewest,    // then cheaper, nearer, lower node numbers
};

class CoverSearch {
   public:
    // Exact if at most this many nodes can give anything; beyond, exact over the most promising, all single nodes and a greedy
    // cover.
    static constexpr std::size_t kCandidates = 12;

    // Starts a new problem: the units wanted of each demand, then every usable node with what it has of each.
    void start(std::span<const Quantity> wanted);
    void add_node(const CoverNode& node, std::span<const Quantity> available);

    // False when no plan within `max_nodes` was found.
    bool solve(CoverGoal goal, std::uint32_t max_nodes);

    // The plan found: pieces by demand.
    std::span<const CoverPiece> pieces() const { return best_.pieces; }

   private:
    struct Choice {
        bool found = false;
        Money cost = 0;
        std::uint64_t km = 0;
        std::vector<std::uint32_t> nodes;  // indices into nodes_, in fill order
        std::vector<CoverPiece> pieces;
    };
    struct Rank {
        Quantity units = 0;  // it could give
        double cost_per_unit = 0;
        std::uint32_t node = 0;
    };

    Quantity available(std::uint32_t node, std::size_t demand) const { return available_[node * wanted_.size() + demand]; }
    bool fills_before(std::uint32_t a, std::uint32_t b) const;
    void rank_nodes(CoverGoal goal);
    void choose_candidates();
    void add_candidate(std::uint32_t node);
    void add_candidates_by_demand();
    void extend_subset(CoverGoal goal, std::size_t from, std::uint32_t max_nodes);
    void try_greedy(CoverGoal goal, std::uint32_t max_nodes);
    Quantity gain(std::uint32_t node, std::span<const Quantity> left) const;
    void consider(CoverGoal goal, std::span<const std::uint32_t> subset);
    bool assign(std::span<const std::uint32_t> subset);
    bool assign_within_capacity(std::span<const std::uint32_t> subset);
    void assign_next(std::span<const std::uint32_t> subset, std::size_t demand, Money cost);
    bool better(CoverGoal goal, const Choice& a, const Choice& b) const;

    std::vector<Quantity> wanted_;     // per demand
    std::vector<std::uint8_t> whole_;  // per demand: 1 when some node has it whole
    std::vector<CoverNode> nodes_;
    std::vector<Quantity> available_;  // [node][demand]
    std::vector<Rank> ranks_;
    std::vector<std::uint32_t> candidates_;
    std::vector<std::uint32_t> subset_;
    std::vector<Quantity> left_;
    std::vector<Quantity> used_;  // pieces per member of the subset
    std::vector<CoverPiece> partial_;
    std::vector<CoverPiece> complete_;
    Money complete_cost_ = 0;
    bool complete_found_ = false;
    std::uint32_t steps_left_ = 0;
    Money least_units_cost_ = 0;  // of all units, at the lowest unit cost of any candidate
    Choice trial_;
    Choice best_;
};

}  // namespace lastunit::core
