// What a channel shows and decides on: its own view, the core's record, or the shelf itself.
#pragma once

#include "core/routing/request.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

// What a channel knows the stock by.
enum class Copy : std::uint8_t {
    view,        // its own, fed by edges
    remembered,  // the last it saw of the record on which it decides, and from which it is cut off
    record,
};

class Channels {
   public:
    explicit Channels(World& world) : world_(world) {}

    // Units of the SKU that the channel would promise now by this method; `store` for everything but parcels. A cache may be
    // refreshed. Nodes that the design has it show are counted whatever the method; a channel with a quota shows no more than it.
    Quantity shown(ChannelId channel, Sku sku, core::Method method, const NodeId& store);

    // Which copy it is that the channel decides on now, but for what it sees on the shelf.
    Copy decides_on(ChannelId channel, Sku sku) const;
    // ... of the SKU, by node, without asking anybody; nullptr: the record.
    const Quantity* peek(Copy copy, ChannelId channel, Sku sku) const;

    // Eligible uncommitted physical units at this instant, whatever anybody believes.
    Quantity truth(ChannelId channel, Sku sku, core::Method method, const NodeId& store) const;

    // The channel lowers its own view after a sale of which the core does not know yet, where its design does that: the node it
    // lowered, or kNowhere.
    NodeId deduct_own_sale(ChannelId channel, const core::OrderLine& line, core::Method method, const NodeId& store);

    // Counts the age of the view on which an order was just accepted or refused.
    void note_age(ChannelId channel, Sku sku, core::Method method, const NodeId& store);

    const model::ChannelDesign& design(ChannelId channel) const { return world_.design.channels[channel.value]; }

   private:
    World& world_;
};

}  // namespace lastunit::sim
