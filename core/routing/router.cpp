#include "core/routing/router.hpp"

#include <algorithm>

#include "core/routing/problem.hpp"

namespace lastunit::core {

void Router::plan(const RouteRequest& request, const Ledger& ledger, const RoutingNetwork& network, Plan& plan,
                  Explanation* explained) {
    const Problem problem(request, ledger, network);
    plan.lines.clear();
    plan.nodes = 0;
    plan.cost = 0;
    collect_demands(problem);
    pieces_.clear();
    bool found = false;
    if (policy_ == RoutingPolicy::nearest) {
        found = plan_nearest(problem) || plan_by_search(problem, CoverGoal::fewest);
    } else {
        found = plan_by_search(problem, policy_ == RoutingPolicy::cheapest ? CoverGoal::cheapest : CoverGoal::fewest);
    }
    if (found) {
        plan.outcome = PlanOutcome::planned;
        fill_plan(problem, plan);
    } else {
        plan.outcome = refusal(problem);
    }
    if (explained != nullptr) explain(problem, plan, *explained);
}

void Router::collect_demands(const Problem& problem) {
    skus_.clear();
    wanted_.clear();
    for (const OrderLine& line : problem.request.lines) {
        LASTUNIT_ASSERT(line.quantity > 0 && line.quantity <= kMaxUnits, "a line wants " + std::to_string(line.quantity));
        const auto same = std::find(skus_.begin(), skus_.end(), line.sku);
        if (same == skus_.end()) {
            skus_.push_back(line.sku);
            wanted_.push_back(line.quantity);
        } else {
            Quantity& sum = wanted_[static_cast<std::size_t>(same - skus_.begin())];
            sum = std::min(sum, INT32_MAX - line.quantity) + line.quantity;
        }
    }
}

bool Router::plan_nearest(const Problem& problem) {
    for (std::uint32_t demand = 0; demand < wanted_.size(); ++demand)
        if (!take_whole_nearest(problem, demand) && !take_split_nearest(problem, demand)) return false;
    return count_nodes(pieces_) <= problem.request.max_nodes;
}

bool Router::take_whole_nearest(const Problem& problem, std::uint32_t demand) {
    for (const NodeId node : problem.nodes()) {
        if (problem.atp(node, skus_[demand]) < wanted_[demand] || problem.barred(node) != Rejection::none) continue;
        if (!has_room(problem, node)) continue;
        pieces_.push_back({demand, node, wanted_[demand]});
        return true;
    }
    return false;
}

bool Router::take_split_nearest(const Problem& problem, std::uint32_t demand) {
    const auto has_whole = [&](NodeId node) {
        return problem.atp(node, skus_[demand]) >= wanted_[demand] && problem.barred(node) == Rejection::none;
    };
    // Some node has it whole, but this order's other lines fill it: what need not be split is not.
    if (std::any_of(problem.nodes().begin(), problem.nodes().end(), has_whole)) return false;
    Quantity left = wanted_[demand];
    for (const NodeId node : problem.nodes()) {
        const Quantity here = problem.atp(node, skus_[demand]);
        if (here == 0 || problem.barred(node) != Rejection::none || !has_room(problem, node)) continue;
        pieces_.push_back({demand, node, std::min(here, left)});
        left -= pieces_.back().quantity;
        if (left == 0) return true;
    }
    return false;
}

bool Router::has_room(const Problem& problem, NodeId node) const {
    const auto taken = std::count_if(pieces_.begin(), pieces_.end(), [&](const CoverPiece& piece) { return piece.node == node; });
    return taken < problem.network.nodes[node.value].capacity_left;
}

bool Router::plan_by_search(const Problem& problem, CoverGoal goal) {
    pieces_.clear();
    search_.start(wanted_);
    available_.resize(wanted_.size());
    for (const NodeId node : problem.nodes()) {
        if (problem.barred(node) != Rejection::none) continue;
        Quantity most = 0;
        for (std::size_t d = 0; d < wanted_.size(); ++d) most = std::max(most, available_[d] = problem.atp(node, skus_[d]));
        if (most == 0) continue;
        const RouteNode& about = problem.network.nodes[node.value];
        search_.add_node({node, problem.km(node), problem.parcel_cost(node), about.unit_cost, about.capacity_left}, available_);
    }
    if (!search_.solve(goal, problem.request.max_nodes)) return false;
    pieces_.assign(search_.pieces().begin(), search_.pieces().end());
    return true;
}

// Hands the pieces of each demand to its lines in order.
void Router::fill_plan(const Problem& problem, Plan& plan) {
    const auto lines = problem.request.lines;
    left_.clear();
    for (const OrderLine& line : lines) left_.push_back(line.quantity);
    for (const CoverPiece& piece : pieces_) {
        Quantity units = piece.quantity;
        for (std::uint32_t i = 0; i < lines.size() && units > 0; ++i) {
            if (lines[i].sku != skus_[piece.demand] || left_[i] == 0) continue;
            const Quantity given = std::min(units, left_[i]);
            plan.lines.push_back({i, piece.node, given});
            left_[i] -= given;
            units -= given;
        }
        plan.cost += piece.quantity * problem.network.nodes[piece.node.value].unit_cost;
    }
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
        if (!first_of_its_node(pieces_, i)) continue;
        ++plan.nodes;
        plan.cost += problem.parcel_cost(pieces_[i].node);
    }
}

// No node at all, or too little anywhere, or enough but not within the split limit and the nodes' capacities.
PlanOutcome Router::refusal(const Problem& problem) const {
    bool any = false;
    for (const NodeId node : problem.nodes()) any = any || problem.barred(node) == Rejection::none;
    if (!any) return PlanOutcome::no_node;
    for (std::size_t d = 0; d < wanted_.size(); ++d) {
        std::int64_t units = 0;
        for (const NodeId node : problem.nodes())
            if (problem.barred(node) == Rejection::none) units += problem.atp(node, skus_[d]);
        if (units < wanted_[d]) return PlanOutcome::out_of_stock;
    }
    return PlanOutcome::split_limit;
}

}  // namespace lastunit::core
