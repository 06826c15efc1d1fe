// Order routing: which node(s) fulfil an order. Pure: reads the ledger, changes nothing; the caller allocates what was planned.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/ledger.hpp"
#include "core/routing/cover.hpp"
#include "core/routing/explanation.hpp"
#include "core/routing/network.hpp"
#include "core/routing/plan.hpp"
#include "core/routing/policy.hpp"
#include "core/routing/request.hpp"
#include "core/types.hpp"

namespace lastunit::core {

class Router {
   public:
    explicit Router(RoutingPolicy policy) : policy_(policy) {}

    // `plan` is reused storage: no allocation per decision after warm-up. `explain` may be null.
    void plan(const RouteRequest&, const Ledger&, const RoutingNetwork&, Plan& plan, Explanation* explain = nullptr);

    RoutingPolicy policy() const { return policy_; }

   private:
    struct Problem;  // the arguments of one call

    void collect_demands(const Problem&);
    bool plan_nearest(const Problem&);
    bool take_whole_nearest(const Problem&, std::uint32_t demand);
    bool take_split_nearest(const Problem&, std::uint32_t demand);
    bool plan_by_search(const Problem&, CoverGoal);
    bool has_room(const Problem&, NodeId) const;
    void fill_plan(const Problem&, Plan&);
    PlanOutcome refusal(const Problem&) const;
    void explain(const Problem&, const Plan&, Explanation&) const;
    Rejection reason_by_stock(const Plan&, const Explanation::Row&, bool some_line_whole) const;

    RoutingPolicy policy_;
    // Scratch. A demand is all lines of one SKU.
    std::vector<Sku> skus_;            // per demand
    std::vector<Quantity> wanted_;     // per demand, units
    std::vector<Quantity> available_;  // per demand, of one node
    std::vector<Quantity> left_;       // per line, units not yet planned
    std::vector<CoverPiece> pieces_;   // the plan so far
    CoverSearch search_;
};

}  // namespace lastunit::core
