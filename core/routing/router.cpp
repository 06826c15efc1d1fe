#include "core/routing/router.hpp"

#include <algorithm>

#include "core/routing/problem.hpp"

namespace lastunit::core {

void Router::plan(const RouteRequest& request, const Ledger& ledger, const RoutingNetwork& network, Plan& plan,
                  Explanation* explained) {
    Problem problem(request, ledger, network);
    plan.lines.clear();
    plan.declined.clear();
    plan.nodes = 0;
    plan.cost = 0;
    plan.terms = {};
    plan.lower_bound = kNoBound;
    plan.strategy = kNoStrategy;
    plan.pass = Pass::first;
    plan.choice = SplitChoice::ship_now;
    collect_demands(problem);
    attempts_.clear();
    decided_split_ = false;
    if (request.split != nullptr && request.reroutes > request.split->max_reroutes)
        plan.outcome = PlanOutcome::reroute_limit;
    else
        decide(problem, plan);
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

void Router::decide(Problem& problem, Plan& plan) {
    const SplitPolicy* split = problem.sends_parcels ? problem.request.split : nullptr;
    bool found = choose(problem);
    // More nodes than parcels may leave can still fill one parcel.
    MayShip may_ship = MayShip::as_planned;
    if (!found && split != nullptr && split->waiting == Waiting::allowed && split->max_sources > problem.max_nodes) {
        problem.max_nodes = split->max_sources;
        found = choose(problem);
        may_ship = MayShip::only_gathered;
    }
    if (!found) {
        plan.outcome = refusal(problem);
        return;
    }
    fill_plan(problem, plan);
    if (split != nullptr && plan.nodes > 1) split_or_wait(problem, plan, may_ship);
}

// With all rules, then without the soft ones if there are any.
bool Router::choose(Problem& problem) {
    const bool soft_stock = problem.protects && problem.network.protection.strength == Strength::soft;
    const bool soft_filter = std::any_of(rules_.strategies.begin(), rules_.strategies.end(), [](const Strategy& strategy) {
        return std::any_of(strategy.filters.begin(), strategy.filters.end(),
                           [](const Filter& filter) { return filter.strength == Strength::soft; });
    });
    problem.pass = Pass::first;
    if (choose_once(problem)) return true;
    if (!soft_stock && !soft_filter) return false;
    problem.pass = Pass::second;
    return choose_once(problem);
}

bool Router::choose_once(const Problem& problem) {
    pieces_.clear();
    declined_.clear();
    bound_ = kNoBound;
    strategy_ = kNoStrategy;
    switch (policy_) {
        case RoutingPolicy::nearest:
            return plan_nearest(problem) || plan_by_search(problem, Goal::fewest);
        case RoutingPolicy::cheapest:
            return plan_by_search(problem, Goal::cheapest);
        case RoutingPolicy::fewest_splits:
            return plan_by_search(problem, Goal::fewest);
        case RoutingPolicy::rules:
            return plan_by_rules(problem);
    }
    return false;
}

bool Router::plan_nearest(const Problem& problem) {
    for (std::uint32_t demand = 0; demand < wanted_.size(); ++demand)
        if (!take_whole_nearest(problem, demand) && !take_split_nearest(problem, demand)) return false;
    return count_nodes(pieces_) <= problem.max_nodes;
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
    if (problem.request.line_split == LineSplit::never) return false;
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
    const auto taken = std::count_if(pieces_.begin(), pieces_.end(), [&](const Piece& piece) { return piece.node == node; });
    return taken < problem.room(node);
}

// Hands the pieces of each demand to its lines in order.
void Router::fill_plan(const Problem& problem, Plan& plan) {
    const auto lines = problem.request.lines;
    left_.clear();
    for (const OrderLine& line : lines) left_.push_back(line.quantity);
    for (const Piece& piece : pieces_) {
        Quantity units = piece.quantity;
        for (std::uint32_t i = 0; i < lines.size() && units > 0; ++i) {
            if (lines[i].sku != skus_[piece.demand] || left_[i] == 0) continue;
            const Quantity given = std::min(units, left_[i]);
            plan.lines.push_back({i, piece.node, given});
            left_[i] -= given;
            units -= given;
        }
    }
    for (std::uint32_t i = 0; i < lines.size(); ++i)
        if (left_[i] > 0) plan.declined.push_back(i);
    plan.outcome = pieces_.empty() ? PlanOutcome::declined : PlanOutcome::planned;
    plan.nodes = count_nodes(pieces_);
    plan.terms = weigh(problem);
    plan.cost = plan.terms.paid();
    plan.lower_bound = bound_;
    plan.strategy = strategy_;
    plan.pass = problem.pass;
}

CostTerms Router::weigh(const Problem& problem) const {
    CostTerms terms;
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
        const Piece& piece = pieces_[i];
        const Sku sku = skus_[piece.demand];
        terms.units += piece.quantity * (problem.unit_cost(piece.node) + problem.sending_cost(piece.node, sku));
        terms.price += piece.quantity * problem.price(piece.node, sku);
        if (problem.protects && problem.takes_protected()) {
            const Quantity plain = problem.ledger.atp(piece.node, sku, problem.request.channel) - problem.kept(piece.node, sku);
            terms.protection += std::max(0, piece.quantity - std::max(0, plain)) * problem.network.protection.cost_per_unit;
        }
        if (!first_of_its_node(pieces_, i)) continue;
        terms.distance += problem.distance_cost(piece.node);
        terms.fixed += problem.parcel_cost(piece.node) - problem.distance_cost(piece.node);
    }
    for (const std::uint32_t demand : declined_) terms.declined += decline_[demand];
    if (!declined_.empty()) terms.declined += problem.request.decline_order_cost;
    return terms;
}

// No node at all, or too little anywhere, or enough but not within the split limit and the nodes' capacities.
PlanOutcome Router::refusal(const Problem& problem) const {
    if (policy_ == RoutingPolicy::rules && std::none_of(attempts_.begin(), attempts_.end(), [](const Attempt& attempt) {
            return attempt.mismatch == Mismatch::none;
        }))
        return PlanOutcome::no_strategy;
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
