// Order lines that nodes take today from places whose home is another node (model::Node::daily_spillover).
#pragma once

#include <cstdint>
#include <map>
#include <tuple>

#include "core/ledger.hpp"
#include "core/routing/router.hpp"
#include "sim/backing.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

class Spillover {
   public:
    Spillover(const World& world, core::RoutingNetwork& network) : world_(world), network_(network) {}

    bool limited() const { return !network_.home.empty(); }

    // What is held or allocated next has just been planned for this request: the ledger does not know where an order goes.
    void planned(const core::RouteRequest& request) {
        home_ = core::by_parcel(request.method) ? network_.home[request.zone.value] : kNowhere;
    }
    // A hold or order takes a line at a node, or gives it back.
    void changed(const core::Event& event);
    void new_day();

   private:
    enum class Of : std::uint8_t { hold, order };
    using Line = std::tuple<Of, std::uint64_t, std::uint16_t, std::uint32_t>;  // which, node, SKU

    static Line line_of(Of of, const core::Event& event) { return {of, event.reference, event.node.value, event.sku.value}; }
    void take(const core::Event& event, Of of);
    void give_back(const core::Event& event, Of of);

    const World& world_;
    core::RoutingNetwork& network_;
    NodeId home_ = kNowhere;          // of what was planned last; kNowhere: nothing is sent
    std::map<Line, Quantity> taken_;  // today
    enum class Confirmed : std::uint8_t { no, at_home, spilled };
    Confirmed confirmed_ = Confirmed::no;  // the hold's line that becomes an order's with the next event
};

}  // namespace lastunit::sim
