// What the core's router is told beside the ledger, where the design's policy asks for it: the time, the order's value, the
// nodes' load, how much is left of the stock of the start, and its age. Nothing is kept, and no request copied, for a policy that
// asks nothing.
#pragma once

#include <vector>

#include "core/ledger.hpp"
#include "core/routing/router.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

class RoutingFacts {
   public:
    RoutingFacts(const World& world, core::RoutingNetwork& network);

    bool asked() const { return asks_time_; }
    // The request with the time of day and its value; the facts about the SKUs' stock are brought up to date.
    core::RouteRequest completed(const core::RouteRequest& request);
    Duration time_of_day() const;

    void stocked(NodeId node, Sku sku, Quantity units);  // at the start
    bool follows_stock() const { return !since_.empty(); }
    void changed(const core::Event& event, Quantity on_hand);  // after it
    void lines_taken(NodeId node);                             // the node's capacity_left has changed

   private:
    const World& world_;
    core::RoutingNetwork& network_;
    bool asks_time_;
    bool asks_value_;
    std::vector<Quantity> reference_;     // [cell] of the start; empty where no rule sorts by balance
    std::vector<SimTime> since_;          // [cell] since when it has had any; empty where no rule sorts by age
    std::vector<std::int32_t> age_days_;  // [cell], of the SKUs of the request at hand
};

}  // namespace lastunit::sim
