// What a channel's view makes of the messages that reach it.
#include <algorithm>

#include "sim/core_system.hpp"
#include "sim/edges.hpp"
#include "sim/event_log.hpp"
#include "sim/faults.hpp"

namespace lastunit::sim {

using model::Content;
using model::Edge;
using model::EdgeKind;
using model::Ordering;

// --- reading ---

const Quantity* Edges::read(ChannelId channel, Sku sku) {
    for (const std::uint8_t cache : caches_[channel.value]) refresh_cache(cache, sku);
    return views_[channel.value].of_sku(sku);
}

void Edges::refresh_cache(std::uint8_t i, Sku sku) {
    const Edge& edge = world_.design.edges[i];
    SimTime& fetched = fetched_[i][sku.value];
    EdgeStatistics& statistics = statistics_[i];
    const bool nobody_answers = gates_[i].cuts > 0 || !world_.faults->reaches_core(ChannelId(edge.to));
    if (world_.now - fetched <= edge.ttl || nobody_answers) {
        // A cache's lag is the age of the copy it serves; one that was never filled serves the copy of the start.
        statistics.lag.add(world_.now - std::max(fetched, SimTime{0}));
        return;
    }
    fetched = world_.now;
    ++sent_;
    ++statistics.messages;
    statistics.lag.add(Duration{0});
    const auto fetch = [&](NodeId node) {
        const auto cell = static_cast<std::uint32_t>(world_.cell_of(node, sku));
        const EdgeItem item{cell, world_.core->tells(node, sku), acknowledged(edge.to, cell), world_.now};
        views_[edge.to].overwrite(node, sku, carried(i, item));
        told(i, cell, unknown_sales(i, item));
    };
    if (edge.nodes.empty()) {
        for (std::uint16_t node = 0; node < nodes_; ++node) fetch(NodeId(node));
    } else {
        for (const NodeId node : edge.nodes) fetch(node);
    }
    if (world_.log != nullptr) world_.log->fetched(i, sku, views_[edge.to].of_sku(sku));
}

Duration Edges::age(ChannelId channel, NodeId node, Sku sku) const {
    const std::uint8_t i = feeds_[channel.value][node.value];
    if (i == kNoEdge) return world_.now - SimTime{0};  // never told anything since the start
    switch (world_.design.edges[i].kind) {
        case EdgeKind::push:
            return newest_lag_[i];
        case EdgeKind::cache:
            return world_.now - std::max(fetched_[i][sku.value], SimTime{0});
        default:
            return world_.now - captured_[i];
    }
}

// --- the channel's own sales ---

void Edges::deduct(ChannelId channel, NodeId node, Sku sku, Quantity units) {
    View& view = views_[channel.value];
    if (!view.exists()) return;
    view.add(node, sku, -units);
    const std::size_t cell = world_.cell_of(node, sku);
    if (tracks_own_[channel.value] != 0) {
        OwnSales* own = own_[channel.value].find(cell);
        (own != nullptr ? *own : own_[channel.value].insert(cell, {})).deducted += units;
    }
    // The next absolute message overwrites the cell, right or wrong: it carries what the core believes by then.
    const std::uint8_t i = feeds_[channel.value][node.value];
    if (i == kNoEdge || world_.design.edges[i].content != Content::absolute || pending_[i].slot_of_cell.empty()) return;
    note(i, static_cast<std::uint32_t>(cell), world_.core->tells(node, sku));
}

// Units that the channel has taken off its view and of which the core knew nothing when it told this.
Quantity Edges::unknown_sales(std::uint8_t edge, const EdgeItem& item) const {
    const core::IdMap<OwnSales>& sold = own_[world_.design.edges[edge].to];
    const OwnSales* own = sold.size() == 0 ? nullptr : sold.find(item.cell);
    return own == nullptr ? 0 : own->deducted - item.acknowledged;
}

// What an absolute message makes the channel believe.
Quantity Edges::carried(std::uint8_t edge, const EdgeItem& item) const {
    return world_.design.edges[edge].watermark ? item.value - unknown_sales(edge, item) : item.value;
}

// --- a message's items ---

void Edges::apply(const Head& head, const EdgeItem& item) {
    const Edge& edge = world_.design.edges[head.edge];
    if (edge.content == Content::absolute) {
        overwrite(head, item);
        return;
    }
    views_[edge.to].add(node_of(item.cell), sku_of(item.cell), item.value);
    if (head.copy) marks_[edge.to].add(node_of(item.cell), sku_of(item.cell), ViewMishap::duplicated, item.value);
}

void Edges::overwrite(const Head& head, const EdgeItem& item) {
    const Edge& edge = world_.design.edges[head.edge];
    std::uint64_t& newest = newest_[head.edge][item.cell];
    const bool older = head.number < newest;
    // Who keeps the order per cell knows a repeated message by its number.
    if (edge.ordering == Ordering::in_order && (older || (head.copy && head.number == newest))) return;
    const Quantity value = carried(head.edge, item);
    if (edge.ordering == Ordering::newest_stamp && !newer_by_stamp(head, item, value)) return;
    const NodeId node = node_of(item.cell);
    const Sku sku = sku_of(item.cell);
    View& view = views_[edge.to];
    if (older) {
        ++statistics_[head.edge].reordered;
        marks_[edge.to].add(node, sku, head.copy ? ViewMishap::duplicated : ViewMishap::reordered, value - view.units(node, sku));
        view.overwrite(node, sku, value);
        return;
    }
    newest = head.number;
    view.overwrite(node, sku, value);
    told(head.edge, item.cell, unknown_sales(head.edge, item));
}

// Clocks that are off make a newer message look older: then it is dropped, and the view stays wrong.
bool Edges::newer_by_stamp(const Head& head, const EdgeItem& item, Quantity value) {
    SimTime& last = stamps_[head.edge][item.cell];
    const std::uint64_t newest = newest_[head.edge][item.cell];
    if (head.copy && head.number == newest) return false;
    if (head.stamp > last || (head.stamp == last && head.number > newest)) {
        last = head.stamp;
        return true;
    }
    if (head.number <= newest || head.copy) return false;
    const std::uint8_t channel = world_.design.edges[head.edge].to;
    const NodeId node = node_of(item.cell);
    const Sku sku = sku_of(item.cell);
    ++statistics_[head.edge].reordered;
    marks_[channel].set(node, sku, ViewMishap::reordered, views_[channel].units(node, sku) - value);
    return false;
}

// The view has the newest that the record said; `unknown` own sales are not in it.
void Edges::told(std::uint8_t i, std::uint32_t cell, Quantity unknown) {
    const Edge& edge = world_.design.edges[i];
    ViewMarks& marks = marks_[edge.to];
    const bool overwritten = unknown > 0 && !edge.watermark;
    if (!overwritten && marks.none()) return;
    const NodeId node = node_of(cell);
    const Sku sku = sku_of(cell);
    marks.clear(node, sku);
    if (!overwritten) return;
    marks.add(node, sku, ViewMishap::overwritten, unknown);
    // Each sale is counted the first time.
    OwnSales& own = *own_[edge.to].find(cell);
    statistics_[i].overwritten_units += static_cast<std::uint64_t>(std::min(unknown, own.deducted - own.overwritten));
    own.overwritten = own.deducted;
}

// The item will never arrive. A change is missing until something absolute comes; an absolute value until the next one.
void Edges::lost_to_view(const Head& head, const EdgeItem& item) {
    const Edge& edge = world_.design.edges[head.edge];
    if (!views_[edge.to].exists()) return;
    const NodeId node = node_of(item.cell);
    const Sku sku = sku_of(item.cell);
    if (edge.content == Content::delta) {
        marks_[edge.to].add(node, sku, ViewMishap::lost, -item.value);
        return;
    }
    if (head.number < newest_[head.edge][item.cell]) return;
    marks_[edge.to].set(node, sku, ViewMishap::lost, views_[edge.to].units(node, sku) - carried(head.edge, item));
    if (!pending_[head.edge].slot_of_cell.empty())  // the next one carries it again
        note(head.edge, item.cell, world_.core->tells(node, sku));
}

}  // namespace lastunit::sim
