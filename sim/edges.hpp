// The paths along which knowledge travels. A stock edge carries changes of the core's ATP to one channel's view; a sales edge
// carries a channel's accepted orders to the core. Both take time: the edge's own latency, and the broker's CPU and the links it
// crosses, which SimGrid shares among all that want them.
//
// Ways of a message:   stock: core host -> link -> broker CPU -> latency -> view
//                      sales: latency -> broker CPU -> link -> core CPU -> core
#pragma once

#include <cstdint>
#include <vector>

#include "core/types.hpp"
#include "model/design.hpp"
#include "model/histogram.hpp"
#include "sim/pool.hpp"
#include "sim/views.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

struct EdgeStatistics {
    std::uint64_t messages = 0;
    std::uint64_t lost = 0;
    model::Histogram lag;
    double step_sum_s = 0, step_max_s = 0;  // since the last sample of the time series
    std::uint32_t step_count = 0;
};

class Edges {
   public:
    explicit Edges(World& world);

    // Copies the record into every view and starts the clocks of polls and snapshots.
    void start();

    // --- stock edges ---
    // `flush` sends what one command of the core changed.
    void stock_changed(NodeId node, Sku sku, Quantity atp, Quantity change, ChannelId by);
    void flush();
    // The channel's copy of one SKU as it may be read now: a cache that is too old asks the core first.
    const Quantity* read(ChannelId channel, Sku sku);
    // The copy as it is, however old; of channels that have one.
    const Quantity* peek(ChannelId channel, Sku sku) const { return views_[channel.value].of_sku(sku); }
    bool has_view(ChannelId channel) const { return views_[channel.value].exists(); }
    // Age of the copy. push: lag of the edge's last applied item; poll, snapshot: since the newest applied capture; cache: since
    // it was fetched; no edge: since the start.
    Duration age(ChannelId channel, NodeId node, Sku sku) const;
    // The channel lowers its own copy when it sells.
    void deduct(ChannelId channel, NodeId node, Sku sku, Quantity units);

    // Whether the channel lowers its own view when it sells, so that a delta need not tell it.
    bool deducts(ChannelId channel) const;
    // Absolute push edges: sends the cell's ATP again, where the channel had lowered it and the core did not take the units
    // there.
    void correct(ChannelId channel, NodeId node, Sku sku);

    // --- sales edges ---
    // Tells the core of an accepted order; without an edge it knows at once.
    void send_sale(ChannelId channel, std::uint32_t order);

    // --- the kernel's calls ---
    void tick(std::uint32_t edge);
    void step(std::uint32_t message);  // begins the message's next stage; stages that take no time follow at once

    std::vector<EdgeStatistics>& statistics() { return statistics_; }
    std::uint64_t messages() const { return sent_; }
    std::uint64_t sales_under_way() const { return sales_under_way_; }  // accepted, not yet heard of by the core

   private:
    struct Item {
        std::uint32_t cell = 0;  // SKU-major index; sales edges: the order
        Quantity value = 0;      // absolute ATP or signed change
        SimTime since;           // when the source changed
    };
    struct Message {
        std::uint8_t edge = 0;
        std::uint8_t stage = 0;
        std::uint64_t number = 0;  // on its edge, from 1
        std::uint64_t draw = 0;    // keys its random draws: edge and number, or edge and order
        SimTime sent;
        std::vector<Item> items;
    };
    struct Pending {  // what a poll or snapshot will carry next
        std::vector<Item> items;
        std::vector<std::uint32_t> slot_of_cell;  // 1 + index into items, 0 = none; empty for sales edges
    };

    std::uint32_t open_message(std::uint8_t edge);
    void dispatch(std::uint32_t message);
    bool begin_stage(std::uint32_t message);
    void arrive(std::uint32_t message);
    void apply(std::uint8_t edge, std::uint64_t number, const Item& item);
    void note(std::uint8_t edge, std::uint32_t cell, Quantity value);
    void refresh_cache(std::uint8_t edge, Sku sku);
    NodeId node_of(std::uint32_t cell) const { return NodeId(static_cast<std::uint16_t>(cell % nodes_)); }
    Sku sku_of(std::uint32_t cell) const { return Sku(cell / nodes_); }

    World& world_;
    std::uint32_t nodes_;
    std::vector<View> views_;                            // [channel]
    std::vector<std::vector<std::uint8_t>> feeds_;       // [channel][node]: the stock edge that carries it, kNoEdge
    std::vector<std::vector<std::uint8_t>> listeners_;   // [node]: stock edges that carry it
    std::vector<std::vector<std::uint8_t>> caches_;      // [channel]: its stock edges that are caches
    std::vector<std::vector<std::uint8_t>> sales_edge_;  // [channel][node of the sale; last: parcels], kNoEdge
    std::vector<Pending> pending_;                       // [edge]
    std::vector<std::vector<std::uint64_t>> newest_;     // [edge][cell]: number of the last absolute message applied
    std::vector<std::uint32_t> open_;                    // [edge]: the message of the command at hand, if it changed anything
    std::vector<std::uint32_t> under_way_;               // [edge]: messages not yet applied
    std::vector<SimTime> captured_;                      // [edge]: state of the source in the newest applied poll or snapshot
    std::vector<Duration> newest_lag_;                   // [edge]: of the last applied push
    std::vector<std::vector<SimTime>> fetched_;          // [edge][sku]: caches
    std::vector<EdgeStatistics> statistics_;
    Pool<Message> messages_;
    std::uint64_t sent_ = 0;
    std::uint64_t sales_under_way_ = 0;
};

}  // namespace lastunit::sim
