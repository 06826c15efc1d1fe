// The cost book: every amount that a run spends passes here, with the term it belongs to. What an order causes is booked on its
// channel, what a node spends whether or not anybody orders is booked on the node; together they are the total cost.
#pragma once

#include <array>
#include <vector>

#include "core/types.hpp"
#include "model/cost_term.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

struct Order;

using model::CostTerm;
using CostTerms = std::array<Money, model::kCostTerms>;  // by CostTerm

inline Money sum_of(const CostTerms& terms) {
    Money sum = 0;
    for (const Money term : terms) sum += term;
    return sum;
}

class Costs {
   public:
    explicit Costs(World& world);

    // Of an order of this channel. Negative: what was booked for a sale that is undone.
    void book(CostTerm term, ChannelId channel, Money amount);
    // ... and it arose at this node: shown there as well, counted once.
    void book(CostTerm term, ChannelId channel, NodeId node, Money amount);
    // Of a node, and of no order (labour, overtime, holding, trucks): in the totals, in no channel's.
    void book_at(CostTerm term, NodeId node, Money amount);
    // The price of a parcel: `ship` for an order's first, `split` for those beside it.
    void book_parcel(Order& order, NodeId node, Money price);

    void measure_from_here();  // the warm-up is over
    void sample();             // a step of the series ends: what is in stock then is held for the step
    // The end of the run: labour, overtime, holding, and the markdown of what is unsold. Hours and stock are of the horizon,
    // without the warm-up: whoever works off its orders later, and whatever lies on shelves then, would serve other orders;
    // overtime has no other cause than these.
    void close();

    const CostTerms& of_nodes() const { return of_nodes_; }                   // by `book_at`, over all nodes
    const CostTerms& at(NodeId node) const { return at_node_[node.value]; }   // all that arose there, the orders' included
    double labour_s(NodeId node) const { return labour_s_[node.value]; }      // paid person-seconds, once closed
    double overtime_s(NodeId node) const { return overtime_s_[node.value]; }  // ... and those beyond the roster
    Duration measured() const;  // horizon less warm-up; less when the run was stopped

   private:
    World& world_;
    SimTime from_{0};
    CostTerms of_nodes_{};
    std::vector<CostTerms> at_node_;
    std::vector<double> labour_s_, overtime_s_;  // [node]
    std::vector<double> stock_value_;            // [node], at catalogue prices, summed over `samples_`; empty: holding is free
    std::uint64_t samples_ = 0;
};

}  // namespace lastunit::sim
