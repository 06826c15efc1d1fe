// The least-cost assignment of one order to nodes, with a proof: free of ledgers and networks, so that it can be tested against
// brute force.
//
//     minimise  sum over used nodes of `parcel`  +  sum over pieces of units * unit cost  +  what is declined
//
// subject to what each node has, the pieces it accepts, the smallest parcel it sends, the number of nodes, and whether a line may
// be split. A problem of fixed-charge location (each order is a tiny one): NP-hard in general, small in practice.
//
// Two ways, chosen by the order's shape:
//   - up to kMaskDemands demands that each go to one node: dynamic programming over sets of demands, O(nodes 2^d + max_nodes
//   3^d), always
//     exact (a capacity that one node would break twice falls to the second way);
//   - else branch and bound over node subsets. The bound is a Lagrangian dual of the demands with the limit on nodes kept inside
//     (Geoffrion, "Lagrangean relaxation for integer programming", 1974), strengthened by cover inequalities once nodes are open;
//     nodes that it shows to be of no use in a subproblem are dropped. It stops at `budget` and then says how far from optimal it
//     may be.
//
// Among plans of equal cost: fewer demands declined, fewer nodes, then fewer kilometres in sum, then the one met first, which
// depends on the order in which nodes were added and on nothing else. No allocation after warm-up.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "core/routing/request.hpp"
#include "core/routing/split_policy.hpp"
#include "core/types.hpp"

namespace lastunit::core {

struct OfferNode {
    NodeId node;
    std::uint32_t km = 0;
    Money parcel = 0;        // paid once if the node is used; not negative
    Quantity capacity = 0;   // pieces (order lines) it accepts
    Quantity min_units = 1;  // no parcel of fewer units than this
};

// What a node has of one demand.
struct Offer {
    Quantity available = 0;
    Quantity plain = std::numeric_limits<Quantity>::max();  // of these, units without the surcharge: they go first
    Money unit = 0;                                         // per unit
    Money surcharge = 0;                                    // per unit beyond `plain`; not negative
};

struct Piece {
    std::uint32_t demand = 0;
    NodeId node;
    Quantity quantity = 0;
};

enum class Goal : std::uint8_t {
    cheapest,
    fewest,  // demands declined, then nodes, then cost
};

class LeastCost {
   public:
    static constexpr std::size_t kMaskDemands = 9;
    // Cells of (node, demand) looked at: a few nanoseconds each.
    static constexpr std::uint64_t kBudget = 4'000'000;

    struct Limits {
        Goal goal = Goal::cheapest;
        std::uint32_t max_nodes = 4;
        LineSplit lines = LineSplit::when_needed;
        std::uint64_t budget = kBudget;
    };

    // Starts a new problem: the units wanted of each demand, then every usable node with what it offers of each.
    void start(std::span<const Quantity> wanted);
    void add_node(const OfferNode& node, std::span<const Offer> offers);
    // A demand may be left out, whole, at its cost (kNeverDeclined: it may not); `per_order` is paid once if any is.
    void allow_decline(Money per_order, std::span<const Money> per_demand);

    // False when no plan within the limits was found (after a stop there may be one all the same: see `exact`).
    bool solve(const Limits& limits);

    std::span<const Piece> pieces() const { return pieces_; }                   // by demand
    std::span<const std::uint32_t> declined() const { return best_.declined; }  // demands, ascending
    Money cost() const { return best_.cost; }
    // No plan costs less; cost() itself when the answer is exact. (For `fewest`: no plan at all, whatever its number of nodes.)
    Money lower_bound() const { return lower_bound_; }
    bool exact() const { return exact_; }

   private:
    // Cost, nodes and kilometres in one number, so that every comparison breaks ties as promised.
    __extension__ using Score = __int128;
    static constexpr Score kInfinite = Score{1} << 120;
    static constexpr int kKmBits = 30;
    static constexpr int kNodeBits = 10;
    static constexpr int kTieBits = kKmBits + 2 * kNodeBits;  // kilometres, nodes, demands declined
    static constexpr std::uint32_t kNobody = UINT32_MAX;

    struct Taken {
        std::uint32_t demand;
        std::uint32_t member;  // index into nodes_
        Quantity quantity;
    };
    struct Plan {
        bool found = false;
        Score score = kInfinite;
        Money cost = 0;
        std::vector<Taken> taken;
        std::vector<std::uint32_t> declined;
    };
    // A subproblem: the members still free, and what the duals say of them. Tables are [demand][slot].
    struct Level {
        std::size_t count = 0, stride = 0;  // slots; of the tables
        std::vector<std::uint32_t> member;
        std::vector<double> fixed;                      // per slot
        std::vector<double> reduced, reduced_best;      // per slot: fixed cost less what the duals pay
        std::vector<double> supply, within, unit;       // `within`: no more than what the open members leave to be covered
        std::vector<double> amount, left;               // per demand
        std::vector<double> dual, outer;                // per demand: a unit's worth within what is left, and beyond it
        std::vector<double> dual_best, slope;           // per demand
        std::vector<double> dearest_open, open_supply;  // per demand: of the open members
        std::vector<std::uint32_t> chosen;              // slots with the least reduced cost below zero
        std::vector<double> least_best;                 // their sums, from none on, at the best bound
        std::vector<std::uint32_t> order;               // slots to branch on
        std::vector<std::uint8_t> gone;                 // per slot: tried
        double constant = 0, constant_best = 0;         // of the bound: what no free member changes
        double size = 0;                                // of its terms, for rounding
    };
    struct Tier {
        Score unit;
        Quantity units;
        std::uint32_t member;
    };
    enum class Declining : std::uint8_t { refused, allowed };
    enum class Masks : std::uint8_t { solved, infeasible, conflict };

    // least_cost.cpp
    void set_scale(Goal goal);
    void classify(LineSplit lines);
    bool feasible() const;
    const Offer& offer(std::uint32_t member, std::size_t demand) const { return offers_[member * wanted_.size() + demand]; }
    Money price_of(std::uint32_t member, std::size_t demand, Quantity units) const;
    Score fixed_of(std::uint32_t member) const;
    Score declined_score(std::size_t demand) const;
    bool may_decline(std::size_t demand) const { return !decline_.empty() && decline_[demand] != kNeverDeclined; }
    Money bound_of_cost(Goal goal) const;
    Money unavoidable_cost() const;
    void keep_trial(Score below);
    void settle_ties();

    // least_cost_masks.cpp
    Masks solve_by_masks(std::uint32_t max_nodes);
    void offer_members();
    void offer_subsets(std::uint32_t member);
    std::int64_t units_of(std::uint32_t mask) const;
    std::uint32_t combine(std::uint32_t most);
    Masks read_masks(std::uint32_t kept, std::uint32_t layers);

    // least_cost_search.cpp
    void search(const Limits& limits);
    void set_weights(Goal goal, std::uint32_t max_nodes);
    double cost_span(double nodes) const;
    double value_of(const Plan& plan) const;
    double cut() const;
    void prepare_search(std::uint32_t max_nodes);
    void size_level(Level& level, std::size_t slots) const;
    void try_greedy(std::uint32_t max_nodes);
    void explore(std::size_t depth, std::uint32_t left, double parent);
    bool cover(Level& level, std::uint32_t left);
    void finish(Level& level);
    void finish_pair(const Level& level, std::uint32_t first);
    void consider_with(std::uint32_t member);
    void choose_branches(Level& level, std::uint32_t left);
    void branch(std::size_t depth, std::uint32_t left, double here);
    void descend(std::size_t depth, std::uint32_t left, std::uint32_t opened);
    bool covered(std::size_t demand) const;
    template <class Keeps> void compact(Level& level, Keeps keeps) {
        std::size_t kept = 0;
        for (std::size_t i = 0; i < level.count; ++i) {
            if (!keeps(i)) continue;
            if (kept != i) move_slot(level, i, kept);
            ++kept;
        }
        level.count = kept;
    }
    void move_slot(Level& level, std::size_t from, std::size_t to) const {
        level.member[to] = level.member[from];
        level.fixed[to] = level.fixed[from];
        level.reduced_best[to] = level.reduced_best[from];
        for (std::size_t d = 0; d < wanted_.size(); ++d) {
            const std::size_t row = d * level.stride;
            level.supply[row + to] = level.supply[row + from];
            level.within[row + to] = level.within[row + from];
            level.unit[row + to] = level.unit[row + from];
        }
    }

    // least_cost_bound.cpp
    double raise_bound(std::size_t depth, std::uint32_t left, std::uint32_t rounds);
    void see_open(Level& level);
    void see_gains(Level& level);
    double dual_value(Level& level, std::uint32_t left);
    static double choose_least(Level& level, std::uint32_t left);
    void try_chosen(const Level& level);
    double with_member(const Level& level, std::size_t slot, std::uint32_t left) const;
    double decline_value(std::size_t demand) const { return static_cast<double>(decline_[demand]) + decline_value_; }
    // In the terms of amount_: units where the demand may be split, else one for all of it.
    Quantity supply(std::uint32_t member, std::size_t demand) const {
        const Quantity here = std::min(offer(member, demand).available, wanted_[demand]);
        return split_[demand] != 0 ? here : here == wanted_[demand] ? 1 : 0;
    }
    Money each(std::uint32_t member, std::size_t demand) const {
        return split_[demand] != 0 ? offer(member, demand).unit : price_of(member, demand, wanted_[demand]);
    }
    Score unit(std::uint32_t member, std::size_t demand) const { return each(member, demand) * cost_scale_; }
    double unit_value(std::uint32_t member, std::size_t demand) const { return static_cast<double>(each(member, demand)); }

    // least_cost_assign.cpp
    void consider_open();
    double value_of_open() const;
    double fixed_value(std::uint32_t member) const {
        return static_cast<double>(nodes_[member].parcel) + node_value_ + nodes_[member].km * km_value_;
    }
    void try_open(Declining declining);
    bool fill_whole(std::uint32_t demand, Declining declining);
    bool fill_split(std::uint32_t demand, Declining declining);
    bool within_limits(std::span<const Taken> taken) const;
    void assign_tightly(Declining declining);
    void place_demand(std::uint32_t demand, Score cost);
    void place(std::uint32_t demand, std::size_t at, Quantity left, Score cost);

    // the problem
    std::vector<Quantity> wanted_;
    std::vector<OfferNode> nodes_;  // members
    std::vector<Offer> offers_;     // [member][demand]
    std::vector<Money> decline_;    // per demand; empty = none may be declined
    Money decline_order_ = 0;
    std::vector<std::uint8_t> split_;  // per demand: 1 when it may come from several members
    Score cost_scale_ = 1, node_weight_ = 0, decline_weight_ = 0;

    // masks
    std::vector<Score> whole_cost_;  // [member][demand], kInfinite where it has too little
    std::vector<Score> least_;       // per demand, of any member
    std::vector<Score> one_;         // per mask: the cheapest member that takes all of it
    std::vector<std::uint32_t> taker_;
    std::vector<Score> some_;         // [members used - 1][mask]
    std::vector<std::uint32_t> cut_;  // [members used - 1][mask]: what one of them takes; 0 = as with one member fewer
    std::vector<Score> sums_;         // of one member's subsets
    std::vector<std::uint32_t> subsets_;
    std::vector<std::uint32_t> assigned_;  // per demand: member

    // search
    std::vector<Quantity> amount_;  // per demand: its units if it may be split, else 1
    std::vector<Level> levels_;     // of the subproblems on the path
    // Values: scores as doubles, in money, exact enough to tell plans apart but for noise.
    static constexpr double kNoise = 1e-13;
    double node_value_ = 0, km_value_ = 0, decline_value_ = 0;
    double best_value_ = 0;
    std::vector<double> open_units_, open_value_;  // [demand][open member]
    std::vector<std::uint8_t> keep_;               // per slot
    std::vector<double> most_;
    std::vector<std::uint32_t> open_;
    std::vector<Tier> tiers_;
    std::vector<Quantity> left_;
    double open_fixed_ = 0;
    std::uint64_t work_ = 0, budget_ = 0;
    bool stopped_ = false;     // by the budget
    bool incomplete_ = false;  // an assignment was not searched to its end
    double unexplored_ = 0;    // the least bound of what a stop left out

    // assignment to the open members
    Plan trial_;
    std::vector<Score> rest_;  // per demand: its least cost; later, of it and those after it
    std::vector<Quantity> used_pieces_;
    std::vector<std::uint32_t> fill_order_;  // [demand][place]
    std::vector<Taken> partial_;
    std::vector<std::uint32_t> partial_declined_;
    std::uint32_t tight_steps_ = 0;
    bool tight_found_ = false;
    bool tight_by_quantity_ = false;  // parts of what a member has count as well
    Score tight_cost_ = kInfinite;
    Declining tight_declining_ = Declining::refused;

    Plan best_;
    std::vector<Piece> pieces_;
    Money lower_bound_ = 0;
    bool exact_ = true;
};

}  // namespace lastunit::core
