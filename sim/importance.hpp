// How near a run is to the oversell that is watched for (sim/levels.hpp): unseen sales minus remaining stock.
//
// Of one SKU in one channel that still sells it: the units that the channel believes in, minus twice the eligible units that are
// there. The difference of the two is what was sold and the channel has not heard of; what is there is what is still to be sold
// before it oversells. A channel that shows none any more is in no danger. Once the stock is down to its buffer it would stop if
// it knew: the longer that is ago, the sooner it will know, so that the same number is worth less (the toll). Before
// that, whatever is sold comes after everything that is overdue. Stock is summed
// over the nodes that the channel sells from; what a store alone has for who fetches there is not looked at, nor are carts
// between check and order.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/levels.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

class Importance {
   public:
    Importance(World& world, LevelWatch& watch);

    void start();               // everything is in place, and nobody has come yet
    void measured_from_here();  // what was oversold so far does not count
    // After each event: what has changed since the last one.
    void look();
    void finish();  // the run is over

    // --- orders report ---
    void oversold(ChannelId channel, Sku sku, Quantity units);
    void oversold_order(ChannelId channel);

   private:
    // A channel that decides on something else than the shelf.
    struct Channel {
        ChannelId id;
        Quantity buffer = 0, node_buffer = 0;
        std::vector<char> sells_from;        // [node]
        std::vector<Quantity> shown_at;      // [cell]: as last looked at
        std::vector<std::int64_t> shown;     // [sku], over its nodes
        std::vector<std::int64_t> there;     // [sku]: truth's ATP, over its nodes
        std::vector<SimTime> overdue_since;  // [sku]; kNever: it is not
    };

    void watch_channel(ChannelId id);
    void take(std::uint32_t cell);
    void judge(Channel& channel, Sku sku);
    void begin_overdue(Channel& channel, Sku sku);
    void end_overdue(Channel& channel, Sku sku);
    Quantity shown_at(const Channel& channel, NodeId node, Sku sku) const;

    World& world_;
    LevelWatch& watch_;
    std::vector<Channel> channels_;
    std::vector<Quantity> there_at_;      // [cell]: truth's ATP, as last looked at
    std::vector<std::uint32_t> changed_;  // cells, since the last look
    std::int64_t counted_ = 0;            // towards the event
    double per_counted_;                  // importance
    bool measuring_;
};

}  // namespace lastunit::sim
