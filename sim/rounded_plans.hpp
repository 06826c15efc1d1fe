// Plans that are drawn from shares: one draw per order (core/routing/rounding.hpp), keyed by the order, so that the same order
// draws the same numbers under every design.
//
// An order of which no SKU is scarce is not drawn: least cost is right for it. In the others a SKU that is not scarce has the
// whole of its share at the cheapest node that has it now. A drawn node that cannot give its line spills it (as in Acimovic &
// Graves, "Mitigating spillover in online retailing via replenishment", M&SOM 19(3), 2017, where an order spills when its own
// fulfilment centre is out of stock): up to `prices.spill` of the order's units are planned by least cost beside the rest, beyond
// it the whole order is. So is an order that would be split, where the design has a split policy: that decides. "Left unfilled"
// is drawn as any node and spills: the simulator's orders are accepted already.
#pragma once

#include <cstdint>
#include <vector>

#include "core/ledger.hpp"
#include "core/routing/rounding.hpp"
#include "core/routing/router.hpp"
#include "sim/pricing.hpp"

namespace lastunit::sim {

class RoundedPlans {
   public:
    // Kept by reference.
    RoundedPlans(World& world, core::Router& router, const core::RoutingNetwork& network, const core::Ledger& ledger,
                 const Pricing& pricing)
        : world_(world), router_(router), network_(network), ledger_(ledger), pricing_(pricing) {}

    // False: least cost is to plan the order.
    bool plan(const core::RouteRequest& request, std::uint64_t order, core::Plan& plan);

   private:
    bool collect_shares(const core::RouteRequest&);
    void draw(std::uint64_t order);
    bool may_serve(const core::RouteRequest&, NodeId) const;
    Quantity available(const core::RouteRequest&, NodeId, Sku) const;
    NodeId cheapest_with(const core::RouteRequest&, std::size_t item) const;
    void keep_what_is_there(const core::RouteRequest&);
    bool serve_rest(const core::RouteRequest&);
    void write(const core::RouteRequest&, core::Plan&);

    World& world_;
    core::Router& router_;
    const core::RoutingNetwork& network_;
    const core::Ledger& ledger_;
    const Pricing& pricing_;
    core::Rounder rounder_;

    // Scratch. An item is all lines of one SKU.
    std::vector<core::OrderLine> items_;
    std::vector<double> share_;  // [item][node and unfilled]
    std::vector<double> uniforms_;
    std::vector<std::uint32_t> places_;
    std::vector<NodeId> used_;
    std::vector<core::OrderLine> rest_;  // items that spill
    core::Plan rest_plan_;
    std::vector<Quantity> left_;  // per line of the request
};

}  // namespace lastunit::sim
