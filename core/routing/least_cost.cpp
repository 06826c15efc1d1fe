#include "core/routing/least_cost.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/assert.hpp"

namespace lastunit::core {

void LeastCost::start(std::span<const Quantity> wanted) {
    wanted_.assign(wanted.begin(), wanted.end());
    nodes_.clear();
    offers_.clear();
    decline_.clear();
    decline_order_ = 0;
}

void LeastCost::add_node(const OfferNode& node, std::span<const Offer> offers) {
    LASTUNIT_ASSERT(node.parcel >= 0, "a parcel costs " + std::to_string(node.parcel));
    nodes_.push_back(node);
    offers_.insert(offers_.end(), offers.begin(), offers.end());
}

void LeastCost::allow_decline(Money per_order, std::span<const Money> per_demand) {
    decline_order_ = per_order;
    decline_.assign(per_demand.begin(), per_demand.end());
}

bool LeastCost::solve(const Limits& limits) {
    best_.found = false;
    best_.score = kInfinite;
    exact_ = true;
    set_scale(limits.goal);
    classify(limits.lines);
    if (wanted_.empty() || !feasible()) return false;
    const bool nobody_splits = std::find(split_.begin(), split_.end(), 1) == split_.end();
    Masks answer = Masks::conflict;
    if (nobody_splits && wanted_.size() <= kMaskDemands) answer = solve_by_masks(limits.max_nodes);
    if (answer == Masks::infeasible) return false;
    if (answer == Masks::conflict) search(limits);
    if (!best_.found) return false;
    settle_ties();
    pieces_.clear();
    for (const Taken& taken : best_.taken) pieces_.push_back({taken.demand, nodes_[taken.member].node, taken.quantity});
    lower_bound_ = exact_ ? best_.cost : bound_of_cost(limits.goal);
    return true;
}

// After a stop: what was left out costs at least `unexplored_`, what was not is no cheaper than the best.
Money LeastCost::bound_of_cost(Goal goal) const {
    const Money least = std::min(unavoidable_cost(), best_.cost);
    if (goal == Goal::fewest || unexplored_ <= static_cast<double>(least)) return least;
    return unexplored_ >= static_cast<double>(best_.cost) ? best_.cost : static_cast<Money>(std::floor(unexplored_));
}

// Cheapest: cost, then demands declined, then nodes, then kilometres. Fewest: demands declined, then nodes, then cost, then
// kilometres.
void LeastCost::set_scale(Goal goal) {
    const bool cheapest = goal == Goal::cheapest;
    cost_scale_ = Score{1} << (cheapest ? kTieBits : kKmBits);
    node_weight_ = Score{1} << (cheapest ? kKmBits : kKmBits + 70);
    decline_weight_ = Score{1} << (cheapest ? kKmBits + kNodeBits : kKmBits + 82);
}

void LeastCost::classify(LineSplit lines) {
    split_.assign(wanted_.size(), lines == LineSplit::never ? 0 : 1);
    if (lines == LineSplit::never) return;
    for (std::size_t d = 0; d < wanted_.size(); ++d) {
        if (wanted_[d] == 1) split_[d] = 0;
        for (std::uint32_t m = 0; m < nodes_.size() && split_[d] != 0 && lines == LineSplit::when_needed; ++m)
            if (nodes_[m].capacity > 0 && offer(m, d).available >= wanted_[d]) split_[d] = 0;
    }
}

// Enough of everything, were it not for capacities and the number of nodes.
bool LeastCost::feasible() const {
    for (std::size_t d = 0; d < wanted_.size(); ++d) {
        if (may_decline(d)) continue;
        std::int64_t units = 0;
        for (std::uint32_t m = 0; m < nodes_.size() && units < wanted_[d]; ++m) {
            const Quantity here = offer(m, d).available;
            if (split_[d] != 0 || here >= wanted_[d]) units += here;
        }
        if (units < wanted_[d]) return false;
    }
    return true;
}

Money LeastCost::price_of(std::uint32_t member, std::size_t demand, Quantity units) const {
    const Offer& at = offer(member, demand);
    return units * at.unit + (units > at.plain ? (units - at.plain) * at.surcharge : 0);
}

LeastCost::Score LeastCost::fixed_of(std::uint32_t member) const {
    return nodes_[member].parcel * cost_scale_ + node_weight_ + nodes_[member].km;
}

LeastCost::Score LeastCost::declined_score(std::size_t demand) const { return decline_[demand] * cost_scale_ + decline_weight_; }

// Every unit at its cheapest node, every parcel free.
Money LeastCost::unavoidable_cost() const {
    Money sum = 0;
    for (std::size_t d = 0; d < wanted_.size(); ++d) {
        Money least = may_decline(d) ? decline_[d] : std::numeric_limits<Money>::max();
        for (std::uint32_t m = 0; m < nodes_.size(); ++m)
            if (offer(m, d).available > 0) least = std::min(least, wanted_[d] * offer(m, d).unit);
        sum += least;
    }
    return sum;
}

// Within the members chosen each demand goes to the cheapest, of equals to the one added first, as far as their limits allow.
void LeastCost::settle_ties() {
    open_.clear();
    for (const Taken& taken : best_.taken)
        if (std::find(open_.begin(), open_.end(), taken.member) == open_.end()) open_.push_back(taken.member);
    if (open_.size() < 2) return;
    std::sort(open_.begin(), open_.end());
    trial_.taken.clear();
    for (const Taken& taken : best_.taken) {
        if (split_[taken.demand] != 0) return;
        std::uint32_t best = kNobody;
        Money least = 0;
        for (const std::uint32_t member : open_) {
            if (offer(member, taken.demand).available < wanted_[taken.demand]) continue;
            const Money cost = price_of(member, taken.demand, wanted_[taken.demand]);
            if (best != kNobody && cost >= least) continue;
            best = member;
            least = cost;
        }
        trial_.taken.push_back({taken.demand, best, taken.quantity});
    }
    if (!within_limits(trial_.taken)) return;
    trial_.declined = best_.declined;
    keep_trial(best_.score + 1);  // equal is good enough
}

// Prices the trial, and makes it the best if its score is below that.
void LeastCost::keep_trial(Score below) {
    trial_.cost = 0;
    trial_.score = 0;
    for (std::size_t i = 0; i < trial_.taken.size(); ++i) {
        const Taken& taken = trial_.taken[i];
        trial_.cost += price_of(taken.member, taken.demand, taken.quantity);
        const bool first = std::none_of(trial_.taken.begin(), trial_.taken.begin() + static_cast<std::ptrdiff_t>(i),
                                        [&](const Taken& other) { return other.member == taken.member; });
        if (!first) continue;
        trial_.cost += nodes_[taken.member].parcel;
        trial_.score += node_weight_ + nodes_[taken.member].km;
    }
    for (const std::uint32_t demand : trial_.declined) {
        trial_.cost += decline_[demand];
        trial_.score += decline_weight_;
    }
    if (!trial_.declined.empty()) trial_.cost += decline_order_;
    trial_.score += trial_.cost * cost_scale_;
    if (best_.found && trial_.score >= below) return;
    trial_.found = true;
    std::swap(trial_, best_);
    best_value_ = value_of(best_);
}

}  // namespace lastunit::core
