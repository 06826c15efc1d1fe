// Fills an explanation after a decision. Slow by design: it asks again what the decision did not keep, and plans the runner-up.
#include <algorithm>

#include "core/routing/problem.hpp"

namespace lastunit::core {

void Router::explain(Problem& problem, const Plan& plan, Explanation& explanation) {
    explanation.policy = policy_;
    explanation.outcome = plan.outcome;
    explanation.parcels = plan.nodes;
    explanation.declined = plan.declined.size();
    explanation.terms = plan.terms;
    explanation.lower_bound = plan.lower_bound;
    explanation.pass = plan.pass;
    explanation.attempts.clear();
    for (const Attempt& attempt : attempts_)
        explanation.attempts.push_back({attempt.strategy, rules_.strategies[attempt.strategy].name, attempt.pass,
                                        attempt.mismatch, attempt.nodes, attempt.result});
    explanation.rows.clear();
    explanation.split.reset();
    explanation.runner_up.reset();
    if (plan.outcome == PlanOutcome::reroute_limit) return;
    if (decided_split_) explanation.split = split_decision_;
    for (std::size_t i = 0; i < problem.network.nodes.size(); ++i)
        explanation.rows.push_back(explain_node(problem, plan, NodeId(static_cast<std::uint16_t>(i))));
    if (!plan.lines.empty()) find_runner_up(problem, explanation);
}

Explanation::Row Router::explain_node(const Problem& problem, const Plan& plan, NodeId node) const {
    Explanation::Row row{.node = node, .reason = problem.barred(node), .km = problem.km(node)};
    bool some_line_whole = false;
    Quantity there = 0;
    for (std::size_t d = 0; d < wanted_.size(); ++d) {
        const Quantity here = std::min(wanted_[d], problem.atp(node, skus_[d]));
        there += std::min(wanted_[d], problem.ledger.atp(node, skus_[d], problem.request.channel));
        row.available += here;
        row.price += here * problem.price(node, skus_[d]);
        row.cost += here * (problem.unit_cost(node) + problem.sending_cost(node, skus_[d]));
        some_line_whole = some_line_whole || here == wanted_[d];
    }
    row.kept = there - row.available;
    if (row.available > 0) row.cost += problem.parcel_cost(node);
    if (row.reason != Rejection::none) return row;
    const auto takes_part = [&](const PlanLine& line) { return line.node == node; };
    if (std::any_of(plan.lines.begin(), plan.lines.end(), takes_part)) return row;
    row.reason = row.available == 0 ? (row.kept > 0 ? Rejection::kept_for_walk_in : Rejection::no_stock)
                                    : reason_by_stock(problem, plan, row, some_line_whole);
    if (policy_ == RoutingPolicy::rules) ask_rules(row);
    return row;
}

Rejection Router::reason_by_stock(const Problem& problem, const Plan& plan, const Explanation::Row& row,
                                  bool some_line_whole) const {
    switch (plan.outcome) {
        case PlanOutcome::out_of_stock:
            return Rejection::no_stock;
        case PlanOutcome::split_limit:
            return Rejection::split_limit;
        case PlanOutcome::declined:
            return Rejection::declined;
        default:
            break;
    }
    const bool weighs = policy_ != RoutingPolicy::nearest;
    if (weighs && row.available < problem.network.nodes[row.node.value].min_units) return Rejection::too_few;
    // Part of a line is of no use where the plan has every line whole.
    const bool split = pieces_.size() + declined_.size() > wanted_.size();
    return some_line_whole || split ? Rejection::costlier : Rejection::no_stock;
}

// What the last strategy tried says of the node.
void Router::ask_rules(Explanation::Row& row) const {
    if (strategy_ == kNoStrategy) {
        row.reason = Rejection::no_strategy;
        return;
    }
    const auto at = std::find(candidates_.begin(), candidates_.end(), row.node);
    if (at == candidates_.end()) return;
    const std::uint32_t failed = failed_[static_cast<std::size_t>(at - candidates_.begin())];
    const Strategy& strategy = rules_.strategies[strategy_];
    if (failed < strategy.filters.size()) {
        row.reason = Rejection::by_rule;
        row.rule = refusal_of(strategy.filters[failed]);
    } else if (row.reason == Rejection::costlier && strategy.assign == Assign::sort_first) {
        row.reason = Rejection::comes_later;
    }
}

void Router::find_runner_up(Problem& problem, Explanation& explanation) {
    const CostTerms own = weigh(problem);
    const std::vector<Piece> taken = pieces_;
    for (std::size_t i = 0; i < taken.size(); ++i) {
        if (!first_of_its_node(taken, i)) continue;
        problem.without = taken[i].node;
        if (!choose(problem) || pieces_.empty()) continue;
        const Money total = weigh(problem).total();
        if (explanation.runner_up && explanation.runner_up->total <= total) continue;
        Explanation::RunnerUp next{.nodes = {}, .total = total, .difference = total - own.total()};
        for (std::size_t k = 0; k < pieces_.size(); ++k)
            if (first_of_its_node(pieces_, k)) next.nodes.push_back(pieces_[k].node);
        std::sort(next.nodes.begin(), next.nodes.end());
        explanation.runner_up = next;
    }
    problem.without = Problem::kNobody;
}

}  // namespace lastunit::core
