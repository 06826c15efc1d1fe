// An order that one node cannot serve: its parcels now, one parcel after a transfer, or none, as the request's split policy
// weighs them.
#include <algorithm>

#include "core/routing/problem.hpp"

namespace lastunit::core {

void Router::split_or_wait(const Problem& problem, Plan& plan, MayShip may_ship) {
    const SplitPolicy& policy = *problem.request.split;
    SplitOption split;
    if (may_ship == MayShip::as_planned) split = split_now(policy, plan.terms.total(), plan.nodes);
    const NodeId at = best_gathering(problem, plan);
    const CostTerms gathered = gathered_terms(problem, plan, at);
    const SplitOption wait = wait_for(policy, gathered.total());
    split_decision_ = core::decide(policy, split, wait);
    decided_split_ = true;
    plan.choice = split_decision_.choice;
    switch (plan.choice) {
        case SplitChoice::ship_now:
            plan.terms.promise += split.loss;
            break;
        case SplitChoice::wait_for_transfer:
            plan.terms = gathered;
            plan.terms.promise += wait.loss;
            plan.nodes = 1;
            plan.gathered_at = at;
            break;
        case SplitChoice::decline:
            plan.outcome =
                split_decision_.decline.there == SplitOption::There::yes ? PlanOutcome::declined : PlanOutcome::split_limit;
            plan.lines.clear();
            plan.declined.clear();
            plan.terms = {};
            plan.nodes = 0;
            if (plan.outcome == PlanOutcome::split_limit) break;
            plan.terms.declined = policy.decline_cost;
            for (std::uint32_t i = 0; i < problem.request.lines.size(); ++i) plan.declined.push_back(i);
            break;
    }
    plan.cost = plan.terms.paid();
}

// The same units, but all of them leave `at`.
CostTerms Router::gathered_terms(const Problem& problem, const Plan& plan, NodeId at) const {
    CostTerms terms = plan.terms;
    terms.distance = problem.distance_cost(at);
    terms.fixed = problem.parcel_cost(at) - terms.distance;
    std::int64_t moved = 0;
    for (const Piece& piece : pieces_)
        if (piece.node != at) {
            const Sku sku = skus_[piece.demand];
            moved += piece.quantity;
            terms.units += piece.quantity * (problem.sending_cost(at, sku) - problem.sending_cost(piece.node, sku));
        }
    terms.transfer = transfer_cost(*problem.request.split, count_nodes(pieces_) - 1, moved);
    return terms;
}

// The least cost, then the nearest, then the lowest number.
NodeId Router::best_gathering(const Problem& problem, const Plan& plan) const {
    NodeId best = pieces_.front().node;
    for (const Piece& piece : pieces_) {
        const Money here = gathered_terms(problem, plan, piece.node).total();
        const Money least = gathered_terms(problem, plan, best).total();
        const auto rank = [&](NodeId node) { return std::pair(problem.km(node), node); };
        if (here < least || (here == least && rank(piece.node) < rank(best))) best = piece.node;
    }
    return best;
}

}  // namespace lastunit::core
