// Quotas of the channels that sell by escrow: how many units of a SKU each may sell without asking anybody.
//
// At the start, and whenever it is dealt out anew, what the core may promise is split by the channels' shares: whole units, to
// each its exact share rounded down or up, so that the expected quota is the exact share (systematic sampling, one draw per deal
// and SKU). What a channel has sold and the core has not yet heard of is not dealt again. Where channels sell from different
// nodes, nodes that the same channels sell from are dealt together; then sales under way are taken off all of a channel's nodes,
// since nobody knows yet which of them will serve.
//
// Between two deals a quota only falls, or is asked to be dealt anew for its SKU alone (`refill_below`). What tills sell, or
// counts correct, is learnt with the next deal.
#pragma once

#include <cstdint>
#include <vector>

#include "core/id_map.hpp"
#include "core/types.hpp"
#include "sim/stock_counters.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

class Pools {
   public:
    explicit Pools(World& world);
    void reconfigure();  // nodes serve, channels sell from, others than before: from the next deal on

    void start();                   // deals everything, and schedules the next deal
    void turn(std::uint32_t what);  // EventKind::rebalance

    bool sell(ChannelId channel, Sku sku, Quantity units);  // false: the quota does not suffice
    void settle(ChannelId channel, Sku sku, Quantity units, Settled how);

    Quantity quota(ChannelId channel, Sku sku) const { return cells_[cell(channel, sku)].quota; }
    // What the core may promise and no channel has sold: all quotas, if they were dealt now. From the channel's nodes alone.
    Quantity undealt(ChannelId channel, Sku sku) const;

   private:
    struct Cell {
        Quantity quota = 0;
        Quantity sold = 0;  // the core has not heard of them, or found no node yet
    };
    struct Group {  // of nodes
        std::vector<NodeId> nodes;
        std::vector<ChannelId> channels;  // that may sell from them
    };

    std::size_t cell(ChannelId channel, Sku sku) const { return std::size_t{sku.value} * channels_ + channel.value; }
    Quantity left(const Group& group, Sku sku) const;
    void deal(Sku sku);
    void deal_all();

    World& world_;
    std::size_t channels_;
    std::vector<ChannelId> escrow_;
    std::vector<Group> groups_;
    std::vector<Cell> cells_;      // SKU-major; empty without an escrow channel
    core::IdMap<char> refilling_;  // by cell
    std::uint32_t deals_ = 0;
};

}  // namespace lastunit::sim
