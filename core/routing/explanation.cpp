// Why each node is, or is not, in a plan.
#include <cstdio>

#include "core/routing/problem.hpp"

namespace lastunit::core {

void Router::explain(const Problem& problem, const Plan& plan, Explanation& explanation) const {
    explanation.rows.clear();
    for (std::size_t i = 0; i < problem.network.nodes.size(); ++i) {
        const NodeId node(static_cast<std::uint16_t>(i));
        Explanation::Row row{.node = node, .reason = problem.barred(node), .km = problem.km(node)};
        bool some_line_whole = false;
        for (std::size_t d = 0; d < wanted_.size(); ++d) {
            const Quantity here = std::min(wanted_[d], problem.atp(node, skus_[d]));
            row.available += here;
            some_line_whole = some_line_whole || here == wanted_[d];
        }
        if (row.available > 0) row.cost = problem.parcel_cost(node) + row.available * problem.network.nodes[i].unit_cost;
        if (row.reason == Rejection::none) row.reason = reason_by_stock(plan, row, some_line_whole);
        explanation.rows.push_back(row);
    }
}

Rejection Router::reason_by_stock(const Plan& plan, const Explanation::Row& row, bool some_line_whole) const {
    if (row.available == 0 || plan.outcome == PlanOutcome::out_of_stock) return Rejection::no_stock;
    if (plan.outcome == PlanOutcome::split_limit) return Rejection::split_limit;
    const auto takes_part = [&](const PlanLine& line) { return line.node == row.node; };
    if (std::any_of(plan.lines.begin(), plan.lines.end(), takes_part)) return Rejection::none;
    // Part of a line is of no use where the plan has every line whole.
    const bool split = pieces_.size() > wanted_.size();
    return some_line_whole || split ? Rejection::costlier : Rejection::no_stock;
}

std::string Explanation::text() const {
    const auto phrase = [](Rejection reason) {
        switch (reason) {
            case Rejection::none:
                return "in the plan";
            case Rejection::not_allowed:
                return "not open to this channel or method";
            case Rejection::excluded:
                return "failed this order before";
            case Rejection::not_shipping:
                return "does not ship";
            case Rejection::no_handover:
                return "does not hand over";
            case Rejection::closed:
                return "closed now";
            case Rejection::no_capacity:
                return "no capacity left today";
            case Rejection::no_stock:
                return "not enough stock";
            case Rejection::costlier:
                return "costlier or farther than the plan";
            case Rejection::split_limit:
                return "would need more parcels than allowed";
        }
        return "?";
    };
    std::string out = "node     km  units        cost  why\n";
    for (const Row& row : rows) {
        char line[128];
        std::snprintf(line, sizeof line, "%4u %6u %6d %11lld  %s\n", static_cast<unsigned>(row.node.value), row.km, row.available,
                      static_cast<long long>(row.cost), phrase(row.reason));
        out += line;
    }
    return out;
}

}  // namespace lastunit::core
