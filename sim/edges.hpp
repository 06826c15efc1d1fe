// The paths along which knowledge travels. A stock edge carries changes of the core's ATP to one channel's view; a sales edge
// carries a channel's accepted orders to the core. Both take time: the edge's own latency, and the broker's CPU and the links it
// crosses, which SimGrid shares among all that want them.
//
// Ways of a message:   stock: core host -> link -> broker CPU -> latency -> view
//                      sales: latency -> broker CPU -> link -> core CPU -> core
//
// Before it sets out it may wait for others (a batch), and for the rate limit, first come first served. It may be lost, or fail
// with a host, a link or the edge itself; then it is sent again as often as the design says, and after that it is a dead letter:
// dropped, or sent again by somebody much later. It may arrive twice, and wait for a consumer that is stuck. Nothing waits for
// ever: a sale that will never arrive is handed to Orders::message_lost.
//
// edges.cpp, edge_sales.cpp: what goes in. edge_messages.cpp, edge_stages.cpp: a message's way. edge_views.cpp: what a view makes
// of it.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "core/id_map.hpp"
#include "core/types.hpp"
#include "model/design.hpp"
#include "model/histogram.hpp"
#include "sim/edge_traffic.hpp"
#include "sim/pool.hpp"
#include "sim/view_marks.hpp"
#include "sim/views.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

struct EdgeStatistics {
    std::uint64_t messages = 0;
    std::uint64_t lost = 0;  // never arrive
    std::uint64_t duplicated = 0, reordered = 0, resent = 0, dead_letters = 0, overwritten_units = 0, queue_peak = 0;
    std::uint64_t resent_by_hand = 0;  // dead letters
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
    // `flush` sends what one command of the core changed; what changes while the core is down is sent when it is back.
    void stock_changed(NodeId node, Sku sku, Quantity atp, Quantity change, ChannelId by);
    void flush();
    // The channel's copy of one SKU as it may be read now: a cache that is too old asks the core first, if it answers.
    const Quantity* read(ChannelId channel, Sku sku);
    // The same without asking anybody: what the channel believes in.
    const Quantity* peek(ChannelId channel, Sku sku) const { return views_[channel.value].of_sku(sku); }
    // The index of every cell of a channel's view, or of the record, that is written from now on is put there; null: nobody
    // listens.
    void note_changes(std::vector<std::uint32_t>* changed);
    bool has_view(ChannelId channel) const { return views_[channel.value].exists(); }
    // The channel is about to be cut off from the core on which it decides: the record as it is now is the last that it knows.
    void remember_record(ChannelId channel);
    // ... of one SKU; nullptr: it never had to.
    const Quantity* remembered(ChannelId channel, Sku sku) const {
        return remembered_[channel.value].exists() ? remembered_[channel.value].of_sku(sku) : nullptr;
    }
    // Age of the copy. push: lag of the edge's last applied item; poll, snapshot: since the newest applied capture; cache: since
    // it was fetched; no edge: since the start.
    Duration age(ChannelId channel, NodeId node, Sku sku) const;
    // The channel lowers its own copy when it sells.
    void deduct(ChannelId channel, NodeId node, Sku sku, Quantity units);

    // Whether the channel lowers its own view when it sells, so that a delta need not tell it.
    bool deducts(ChannelId channel) const;
    // The core has heard of units by which the channel had lowered this cell, and is about to take them there.
    void acknowledge(ChannelId channel, NodeId node, Sku sku, Quantity units);
    // The same, but the core did not take the units there: edges that tell absolute values tell the cell's ATP again.
    void correct(ChannelId channel, NodeId node, Sku sku, Quantity units);

    // --- sales edges ---
    // Tells the core of an accepted order; without an edge it knows at once. A till that is offline keeps it.
    void send_sale(ChannelId channel, std::uint32_t order);

    // --- the kernel's calls ---
    void tick(std::uint32_t edge);
    void timer(std::uint32_t timer);
    void step(std::uint32_t message);  // begins the message's next stage; stages that take no time follow at once
    void fail(std::uint32_t message);  // its present sending has failed

    // --- faults ---
    void cut(std::uint8_t edge);  // what is under way fails, nothing comes through
    void mend(std::uint8_t edge);
    void get_stuck(std::uint8_t edge);  // its consumer applies nothing
    void get_going(std::uint8_t edge);
    void recover();  // a fault is over: what waited for its end goes on

    std::vector<EdgeStatistics>& statistics() { return statistics_; }
    std::uint64_t messages() const { return sent_; }
    std::uint64_t sales_under_way() const { return sales_under_way_; }  // accepted, not yet heard of by the core
    std::uint64_t rescued_by_hand() const;

   private:
    struct Pending {  // what a poll or snapshot will carry next
        std::vector<EdgeItem> items;
        std::vector<std::uint32_t> slot_of_cell;  // 1 + index into items, 0 = none; empty for sales edges
    };
    struct Kept {  // a sale that cannot be told yet
        ChannelId channel;
        std::uint32_t order = 0;
        SimTime since;
    };
    // What an item's fate depends on, of its message.
    struct Head {
        std::uint8_t edge = 0;
        bool copy = false;
        std::uint64_t number = 0;
        SimTime stamp;
    };

    // edges.cpp
    void make_stock_edge(std::uint8_t edge);
    void copy_record(View& to) const;
    void note(std::uint8_t edge, std::uint32_t cell, Quantity value);
    std::uint32_t open_message(std::uint8_t edge);
    void put_into_open(std::uint8_t edge, const EdgeItem& item);
    void send_open(std::uint8_t edge);
    bool collects(std::uint8_t edge) const;
    void fill_batch(std::uint8_t edge);
    bool cannot_answer(std::uint8_t edge) const;

    // edge_sales.cpp
    std::uint8_t sales_edge(ChannelId channel, std::uint32_t order) const;
    bool must_keep(ChannelId channel, std::uint32_t order) const;
    void keep(ChannelId channel, std::uint32_t order);
    void pass_on(ChannelId channel, std::uint32_t order, SimTime since);
    void heard(std::uint32_t order);
    bool no_longer_offline(std::uint32_t order);

    // edge_messages.cpp
    void dispatch(std::uint32_t message);
    void number(std::uint32_t message);
    void send(std::uint32_t message);
    void send_next(std::uint8_t edge);
    void attempt(std::uint32_t message);
    bool lost_on_the_way(const EdgeMessage& message, const model::Edge& edge) const;
    void lose(std::uint32_t message);
    void arrive(std::uint32_t message);
    void deliver(std::uint32_t message);
    void count_lag(std::uint8_t edge, const EdgeItem& item);
    void set_timer(Duration delay, EdgeTimer::What what, std::uint8_t edge, std::uint32_t subject);

    // edge_stages.cpp
    enum class Stage : std::uint8_t { over, waits, failed };
    Stage begin_stage(std::uint32_t message);
    Stage enter_broker(std::uint32_t message, const model::Edge& edge);
    Stage enter_link(std::uint32_t message, const model::Edge& edge);
    Stage enter_core(std::uint32_t message);

    // edge_views.cpp
    void apply(const Head& head, const EdgeItem& item);
    void overwrite(const Head& head, const EdgeItem& item);
    bool newer_by_stamp(const Head& head, const EdgeItem& item, Quantity value);
    void told(std::uint8_t edge, std::uint32_t cell, Quantity unknown);
    void lost_to_view(const Head& head, const EdgeItem& item);
    Quantity unknown_sales(std::uint8_t edge, const EdgeItem& item) const;
    Quantity carried(std::uint8_t edge, const EdgeItem& item) const;
    Quantity acknowledged(std::uint8_t channel, std::uint32_t cell) const {
        const OwnSales* own = own_[channel].size() == 0 ? nullptr : own_[channel].find(cell);
        return own == nullptr ? 0 : own->acknowledged;
    }
    void refresh_cache(std::uint8_t edge, Sku sku);
    NodeId node_of(std::uint32_t cell) const { return NodeId(static_cast<std::uint16_t>(cell % nodes_)); }
    Sku sku_of(std::uint32_t cell) const { return Sku(cell / nodes_); }

    World& world_;
    std::uint32_t nodes_;
    std::vector<std::uint32_t>* changed_ = nullptr;      // cells of the record
    std::vector<View> views_;                            // [channel]
    std::vector<View> remembered_;                       // [channel]: of those that decide on the core
    std::vector<ViewMarks> marks_;                       // [channel]
    std::vector<core::IdMap<OwnSales>> own_;             // [channel], by cell; where absolute messages may overwrite them
    std::vector<char> tracks_own_;                       // [channel]
    std::vector<std::vector<std::uint8_t>> feeds_;       // [channel][node]: the stock edge that carries it, kNoEdge
    std::vector<std::vector<std::uint8_t>> listeners_;   // [node]: stock edges that carry it
    std::vector<std::vector<std::uint8_t>> caches_;      // [channel]: its stock edges that are caches
    std::vector<std::vector<std::uint8_t>> sales_edge_;  // [channel][node of the sale; last: parcels], kNoEdge
    std::vector<Pending> pending_;                       // [edge]
    std::vector<std::vector<std::uint64_t>> newest_;     // [edge][cell]: number of the newest absolute message applied
    std::vector<std::vector<SimTime>> stamps_;           // [edge][cell]: of the last one applied, where the stamp decides
    std::vector<std::uint32_t> open_;                    // [edge]: the message of the command or batch at hand
    std::vector<std::uint32_t> under_way_;               // [edge]: messages sent for the first time and not yet applied
    std::vector<SimTime> captured_;                      // [edge]: state of the source in the newest applied poll or snapshot
    std::vector<Duration> newest_lag_;                   // [edge]: of the last applied push
    std::vector<std::vector<SimTime>> fetched_;          // [edge][sku]: caches
    std::vector<EdgeGate> gates_;                        // [edge]
    std::vector<EdgeStatistics> statistics_;
    Pool<EdgeMessage> messages_;
    Pool<EdgeTimer> timers_;
    std::vector<Kept> kept_;
    std::map<std::uint32_t, bool> sold_offline_;  // orders that the core does not know yet: booked twice when it hears of them?
    std::uint64_t sent_ = 0;
    std::uint64_t sales_under_way_ = 0;
};

}  // namespace lastunit::sim
