// Why a plan is what it is: what was tried, what each node could do and why it is not in the plan, what it costs by term, and
// what the next best would have cost.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/routing/plan.hpp"
#include "core/routing/policy.hpp"
#include "core/routing/rules.hpp"
#include "core/routing/split_policy.hpp"
#include "core/types.hpp"

namespace lastunit::core {

enum class Rejection : std::uint8_t {
    none,
    not_allowed,
    excluded,
    not_shipping,
    out_of_reach,  // no carrier goes there
    no_handover,
    closed,
    no_capacity,
    no_stock,
    costlier,
    split_limit,
    by_rule,           // a filter of the strategy
    kept_for_walk_in,  // what it has is kept for walk-in shoppers
    comes_later,       // it could serve, but stands behind in the strategy's order
    too_few,           // its parcel would be smaller than it sends
    no_strategy,       // none of the strategies is for this order
    declined,          // serving the order costs more than declining it
    spillover,         // what it accepts today for other nodes' zones is used up
};
const char* name_of(Rejection reason);

struct Explanation {
    // One per node of the network: why it is not in the plan (or `none` if it is).
    struct Row {
        NodeId node;
        Rejection reason = Rejection::none;
        std::string rule{};  // by_rule: what it failed
        std::uint32_t km = 0;
        Quantity available = 0;  // units of the request it could give
        Quantity kept = 0;       // units of those that it keeps for walk-in shoppers
        Money cost = 0;          // of serving all it could give, paid
        Money price = 0;         // of the same units
    };
    // One per strategy tried, in order.
    struct Attempt {
        std::uint32_t strategy = 0;
        std::string name{};
        Pass pass = Pass::first;
        Mismatch mismatch = Mismatch::none;  // not `none`: it is not for this order
        std::uint32_t nodes = 0;             // that passed its filters and have something
        enum class Result : std::uint8_t { not_applicable, nothing_found, planned } result = Result::not_applicable;
    };
    // The best plan of the same policy that does without at least one of this plan's nodes.
    struct RunnerUp {
        std::vector<NodeId> nodes;
        Money total = 0;  // as weighed, before a split policy
        // To this plan. Negative where the policy does not minimise cost, and where a line that only the node left out has whole
        // may be split without it.
        Money difference = 0;
    };

    RoutingPolicy policy = RoutingPolicy::nearest;
    PlanOutcome outcome = PlanOutcome::out_of_stock;
    std::uint32_t parcels = 0;
    std::size_t declined = 0;  // lines
    CostTerms terms;
    Money lower_bound = kNoBound;
    Pass pass = Pass::first;
    std::vector<Attempt> attempts;
    std::optional<RunnerUp> runner_up;
    std::optional<SplitDecision> split;
    std::vector<Row> rows;

    // For a person: outcome and cost by term, strategies, the split decision, the runner-up, and a table of the nodes.
    std::string text() const;
};

// Why the node is not in the plan, for a person: "farther than 50 km".
std::string reason_text(const Explanation::Row& row);

}  // namespace lastunit::core
