// One number per SKU and set of nodes: how many units may still be sold from the set, whatever node will send them. The core's
// changes of ATP move it at once; what it has given and the core has not yet taken anywhere is off it as well.
#pragma once

#include <cstdint>
#include <vector>

#include "core/id_map.hpp"
#include "core/types.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

inline constexpr std::uint16_t kNoCounter = UINT16_MAX;
inline constexpr std::uint16_t kQuota = UINT16_MAX - 1;  // in place of a counter: the channel's quota

// What became of units that a counter or a quota has given.
enum class Settled : std::uint8_t {
    allocated,  // the core has taken them off its ATP
    ended,      // no node was ever found: the order is over
    returned,   // there never was an order
};

class StockCounters {
   public:
    explicit StockCounters(World& world);
    void reconfigure();  // channels sell from, nodes serve, others than before

    // The counter of the channel's stock: nodes that it may sell and that serve one of its methods. Channels with the same share
    // it.
    std::uint16_t of(ChannelId channel) const { return of_channel_[channel.value]; }

    Quantity value(std::uint16_t counter, Sku sku) const;
    bool lower(std::uint16_t counter, Sku sku, Quantity units);  // false: it does not suffice
    // Becomes `value` because somebody sells `units`, whatever it was: what others took off it in between is lost.
    void write(std::uint16_t counter, Sku sku, Quantity value, Quantity units);
    void settle(std::uint16_t counter, Sku sku, Quantity units, Settled how);

   private:
    struct Count {
        Quantity given = 0;  // the core knows no node for them yet
        Quantity lost = 0;   // by which writing back has raised it wrongly; negative: lowered
    };

    std::vector<NodeId> stock_of(ChannelId channel) const;
    Quantity on_record(std::uint16_t counter, Sku sku) const;
    static std::uint64_t key(std::uint16_t counter, Sku sku) { return (std::uint64_t{counter} << 32U) | sku.value; }

    World& world_;
    std::vector<std::vector<NodeId>> sets_;  // [counter]
    std::vector<std::uint16_t> of_channel_;
    core::IdMap<Count> counts_;  // where the record alone is not the answer
};

}  // namespace lastunit::sim
