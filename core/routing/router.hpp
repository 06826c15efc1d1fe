// Order routing: which node(s) fulfil an order. Pure: reads the ledger, changes nothing; the caller allocates what was planned.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/ledger.hpp"
#include "core/routing/explanation.hpp"
#include "core/routing/least_cost.hpp"
#include "core/routing/network.hpp"
#include "core/routing/plan.hpp"
#include "core/routing/policy.hpp"
#include "core/routing/request.hpp"
#include "core/routing/rules.hpp"
#include "core/types.hpp"

namespace lastunit::core {

class Router {
   public:
    explicit Router(RoutingPolicy policy) : policy_(policy) {}
    explicit Router(Rules rules) : policy_(RoutingPolicy::rules), rules_(std::move(rules)) {}

    // `plan` is reused storage: no allocation per decision after warm-up. `explain` may be null; an explanation costs several
    // plans.
    void plan(const RouteRequest&, const Ledger&, const RoutingNetwork&, Plan& plan, Explanation* explain = nullptr);

    RoutingPolicy policy() const { return policy_; }
    const Rules& rules() const { return rules_; }

   private:
    struct Problem;  // the arguments of one call
    struct Attempt {
        std::uint32_t strategy;
        Pass pass;
        Mismatch mismatch;
        std::uint32_t nodes;
        Explanation::Attempt::Result result;
    };
    static constexpr std::uint32_t kPassed = UINT32_MAX;       // no filter refused it
    static constexpr std::uint32_t kNothing = UINT32_MAX - 1;  // nothing to give, and no filter took it

    // router.cpp
    void collect_demands(const Problem&);
    void decide(Problem&, Plan&);
    bool choose(Problem&);
    bool choose_once(const Problem&);
    bool plan_nearest(const Problem&);
    bool take_whole_nearest(const Problem&, std::uint32_t demand);
    bool take_split_nearest(const Problem&, std::uint32_t demand);
    bool has_room(const Problem&, NodeId) const;
    void fill_plan(const Problem&, Plan&);
    CostTerms weigh(const Problem&) const;
    PlanOutcome refusal(const Problem&) const;

    // candidates.cpp
    void read_stock(const Problem&);
    void gather(const Problem&);
    void see_protection(const Problem&, std::span<Offer>) const;
    void offer_declines(const Problem&);
    void add_candidate(const Problem&, NodeId, std::span<const Offer>);
    bool solve(const Problem&, Goal, std::uint32_t max_nodes, LineSplit);
    bool plan_by_search(const Problem&, Goal);

    // strategies.cpp
    bool plan_by_rules(const Problem&);
    bool assign(const Problem&, const Strategy&);
    void filter(const Problem&, const Strategy&);
    std::uint32_t first_failed(const Problem&, const Strategy&, NodeId) const;
    std::uint32_t apply_stock_filters(const Problem&, const Strategy&, std::span<Offer>) const;
    void sort(const Problem&, const Strategy&);
    std::int64_t sort_value(const Problem&, SortKey, std::uint32_t candidate) const;
    bool assign_in_order(const Problem&, std::uint32_t max_nodes, LineSplit);
    bool take_all_from_one(const Problem&);
    bool take_in_order(const Problem&, std::uint32_t max_nodes, LineSplit);
    std::span<Offer> passed(std::uint32_t candidate) {
        return std::span(passed_).subspan(candidate * wanted_.size(), wanted_.size());
    }

    // split_or_wait.cpp
    enum class MayShip : std::uint8_t { as_planned, only_gathered };
    void split_or_wait(const Problem&, Plan&, MayShip);
    CostTerms gathered_terms(const Problem&, const Plan&, NodeId at) const;
    NodeId best_gathering(const Problem&, const Plan&) const;

    // explain.cpp
    void explain(Problem&, const Plan&, Explanation&);
    Explanation::Row explain_node(const Problem&, const Plan&, NodeId) const;
    Rejection reason_by_stock(const Problem&, const Plan&, const Explanation::Row&, bool some_line_whole) const;
    void ask_rules(Explanation::Row&) const;
    void find_runner_up(Problem&, Explanation&);

    RoutingPolicy policy_;
    Rules rules_;
    // Scratch. A demand is all lines of one SKU.
    std::vector<Sku> skus_;                // per demand
    std::vector<Quantity> wanted_;         // per demand, units
    std::vector<Quantity> left_;           // per line or demand, units not yet planned
    std::vector<Piece> pieces_;            // the plan so far
    std::vector<std::uint32_t> declined_;  // demands
    Money bound_ = kNoBound;
    std::uint32_t strategy_ = kNoStrategy;
    SplitDecision split_decision_;
    bool decided_split_ = false;

    std::vector<Offer> stock_;            // [node][demand]
    std::vector<NodeId> candidates_;      // what may serve and has something, nearest first
    std::vector<Offer> offers_;           // [candidate][demand]
    std::vector<std::uint32_t> allowed_;  // per node: the last question that allowed it
    std::uint32_t question_ = 0;
    std::vector<Money> decline_;  // per demand
    LeastCost search_;

    std::vector<Attempt> attempts_;
    std::vector<std::uint32_t> failed_;  // per candidate, of the last attempt: the filter
    std::vector<std::uint32_t> order_;   // candidates that passed, in the strategy's order
    std::vector<Offer> passed_;          // [candidate][demand], after the strategy's filters
    std::vector<std::int64_t> keys_;     // [candidate][sort]
    std::vector<std::uint8_t> whole_;    // per demand: some candidate has it whole
};

}  // namespace lastunit::core
