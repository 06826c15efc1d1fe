#include "sim/edges.hpp"

#include "sim/core_system.hpp"
#include "sim/faults.hpp"
#include "sim/orders.hpp"

namespace lastunit::sim {

using model::Content;
using model::Edge;
using model::EdgeKind;
using model::kCore;

namespace {
constexpr SimTime kLongAgo{INT64_MIN / 2};
constexpr std::uint32_t kNoMessage = UINT32_MAX;

template <class Visit> void for_each_node(const Edge& edge, std::uint32_t nodes, Visit visit) {
    if (!edge.nodes.empty()) {
        for (const NodeId node : edge.nodes) visit(node.value);
    } else {
        for (std::uint32_t node = 0; node < nodes; ++node) visit(node);
    }
}
}  // namespace

Edges::Edges(World& world) : world_(world), nodes_(static_cast<std::uint32_t>(world.scenario.network.nodes.size())) {
    const auto& edges = world.design.edges;
    const auto skus = static_cast<std::uint32_t>(world.scenario.catalogue.skus.size());
    const std::size_t channels = world.scenario.channels.size();
    feeds_.assign(channels, std::vector<std::uint8_t>(nodes_, kNoEdge));
    listeners_.resize(nodes_);
    caches_.resize(channels);
    own_.resize(channels);
    tracks_own_.assign(channels, 0);
    sales_edge_.assign(channels, std::vector<std::uint8_t>(nodes_ + 1, kNoEdge));
    statistics_ = std::vector<EdgeStatistics>(edges.size());
    gates_ = std::vector<EdgeGate>(edges.size());
    captured_.assign(edges.size(), SimTime{0});
    newest_lag_.assign(edges.size(), Duration{0});
    pending_.resize(edges.size());
    newest_.resize(edges.size());
    stamps_.resize(edges.size());
    under_way_.assign(edges.size(), 0);
    open_.assign(edges.size(), kNoMessage);
    fetched_.resize(edges.size());
    views_.resize(channels);
    remembered_.resize(channels);
    for (std::uint8_t channel = 0; channel < channels; ++channel) {
        marks_.emplace_back(world, ChannelId(channel));
        if (world.design.channels[channel].decides_on == model::DecidesOn::view) views_[channel] = View(nodes_, skus);
    }
    for (std::uint8_t i = 0; i < edges.size(); ++i) {
        const Edge& edge = edges[i];
        if (edge.from == kCore) {
            if (views_[edge.to].exists()) make_stock_edge(i);  // else nobody reads what it would carry
            continue;
        }
        for_each_node(edge, nodes_, [&](std::uint32_t node) { sales_edge_[edge.from][node] = i; });
        if (sales_edge_[edge.from][nodes_] == kNoEdge || edge.nodes.empty()) sales_edge_[edge.from][nodes_] = i;
    }
}

void Edges::make_stock_edge(std::uint8_t i) {
    const Edge& edge = world_.design.edges[i];
    const std::size_t skus = world_.scenario.catalogue.skus.size();
    const std::size_t cells = world_.cells();
    for_each_node(edge, nodes_, [&](std::uint32_t node) {
        feeds_[edge.to][node] = i;
        if (edge.kind != EdgeKind::cache) listeners_[node].push_back(i);
    });
    if (edge.content == Content::absolute && deducts(ChannelId(edge.to))) tracks_own_[edge.to] = 1;
    if (edge.kind == EdgeKind::cache) {
        fetched_[i].assign(skus, kLongAgo);
        caches_[edge.to].push_back(i);
        return;
    }
    if (edge.content == Content::absolute) newest_[i].assign(cells, 0);
    if (edge.content == Content::absolute && edge.ordering == model::Ordering::newest_stamp) stamps_[i].assign(cells, kLongAgo);
    if (edge.kind == EdgeKind::poll || edge.kind == EdgeKind::snapshot) pending_[i].slot_of_cell.assign(cells, 0);
}

void Edges::copy_record(View& to) const {
    const auto skus = static_cast<std::uint32_t>(world_.scenario.catalogue.skus.size());
    for (std::uint32_t sku = 0; sku < skus; ++sku)
        for (std::uint16_t node = 0; node < nodes_; ++node)
            to.overwrite(NodeId(node), Sku(sku), world_.core->tells(NodeId(node), Sku(sku)));
}

void Edges::remember_record(ChannelId channel) {
    if (world_.design.cut_off != model::CutOff::sell_on_view) return;
    if (world_.design.channels[channel.value].decides_on != model::DecidesOn::core) return;
    View& copy = remembered_[channel.value];
    if (!copy.exists()) copy = View(nodes_, static_cast<std::uint32_t>(world_.scenario.catalogue.skus.size()));
    copy_record(copy);
}

void Edges::note_changes(std::vector<std::uint32_t>* changed) {
    changed_ = changed;
    for (View& view : views_) view.note_changes(changed);
}

void Edges::start() {
    for (View& view : views_)
        if (view.exists()) copy_record(view);
    for (std::uint32_t i = 0; i < world_.design.edges.size(); ++i) {
        const Edge& edge = world_.design.edges[i];
        if (edge.kind != EdgeKind::poll && edge.kind != EdgeKind::snapshot) continue;
        Duration phase = edge.phase;
        if (edge.random_phase)
            phase.us =
                static_cast<std::int64_t>(world_.uniform(model::Purpose::edge_phase, i) * static_cast<double>(edge.interval.us));
        world_.queue.push(SimTime{0} + phase, EventKind::edge_tick, i);
    }
}

// --- stock edges ---

void Edges::stock_changed(NodeId node, Sku sku, Quantity atp, Quantity change, ChannelId by) {
    const std::uint32_t cell = sku.value * nodes_ + node.value;
    if (changed_ != nullptr) changed_->push_back(cell);
    for (const std::uint8_t i : listeners_[node.value]) {
        const Edge& edge = world_.design.edges[i];
        const bool delta = edge.content == Content::delta;
        if (delta && by.value == edge.to && deducts(by)) continue;
        if (edge.kind == EdgeKind::push) {
            put_into_open(i, {cell, delta ? change : atp, acknowledged(edge.to, cell), world_.now});
        } else {
            note(i, cell, delta ? change : atp);
        }
    }
}

// What one command of the core changed travels as one message per edge, or joins its edge's batch.
void Edges::flush() {
    if (!world_.faults->core_up()) return;
    for (std::uint8_t i = 0; i < open_.size(); ++i) {
        if (open_[i] == kNoMessage) continue;
        collects(i) ? fill_batch(i) : send_open(i);
    }
}

// One item per cell: an absolute value replaces the older one, a change adds to it; `since` stays that of the first.
void Edges::note(std::uint8_t edge, std::uint32_t cell, Quantity value) {
    Pending& pending = pending_[edge];
    std::uint32_t& slot = pending.slot_of_cell[cell];
    if (slot == 0) {
        pending.items.push_back({cell, value, 0, world_.now});
        slot = static_cast<std::uint32_t>(pending.items.size());
    } else if (world_.design.edges[edge].content == Content::delta) {
        pending.items[slot - 1].value += value;
    } else {
        pending.items[slot - 1].value = value;
    }
}

bool Edges::deducts(ChannelId channel) const {
    const model::ChannelDesign& design = world_.design.channels[channel.value];
    const bool by_itself =
        design.reservation == model::ReservationMode::none || design.reservation == model::ReservationMode::check_then_act;
    return design.deducts_own_sales && by_itself && design.decides_on == model::DecidesOn::view;
}

void Edges::acknowledge(ChannelId channel, NodeId node, Sku sku, Quantity units) {
    if (OwnSales* own = own_[channel.value].find(world_.cell_of(node, sku))) own->acknowledged += units;
}

// The core served the sale from elsewhere, or not at all.
void Edges::correct(ChannelId channel, NodeId node, Sku sku, Quantity units) {
    acknowledge(channel, node, sku, units);
    const std::uint8_t i = feeds_[channel.value][node.value];
    if (i == kNoEdge || world_.design.edges[i].content != Content::absolute) return;
    const std::uint32_t cell = sku.value * nodes_ + node.value;
    const Quantity atp = world_.core->tells(node, sku);
    if (world_.design.edges[i].kind == EdgeKind::push) {
        put_into_open(i, {cell, atp, acknowledged(channel.value, cell), world_.now});
        flush();
    } else if (world_.design.edges[i].watermark && !pending_[i].slot_of_cell.empty()) {
        note(i, cell, atp);  // without a watermark the next one overwrites the cell anyway
    }
}

// --- batches ---

std::uint32_t Edges::open_message(std::uint8_t edge) {
    const std::uint32_t index = messages_.take();
    EdgeMessage& message = messages_[index];
    message.edge = edge;
    message.stage = 0;
    message.copy = false;
    message.sendings = 0;
    message.items.clear();
    return index;
}

void Edges::put_into_open(std::uint8_t edge, const EdgeItem& item) {
    if (open_[edge] == kNoMessage) open_[edge] = open_message(edge);
    messages_[open_[edge]].items.push_back(item);
}

void Edges::send_open(std::uint8_t edge) {
    const std::uint32_t message = open_[edge];
    open_[edge] = kNoMessage;
    ++gates_[edge].batch;
    gates_[edge].batch_timed = false;
    dispatch(message);
}

bool Edges::collects(std::uint8_t edge) const { return world_.design.edges[edge].batch_every.us > 0; }

// The batch is sent when it is full, or its time is over.
void Edges::fill_batch(std::uint8_t i) {
    const Edge& edge = world_.design.edges[i];
    if (edge.batch_size > 0 && messages_[open_[i]].items.size() >= edge.batch_size) {
        send_open(i);
    } else if (!gates_[i].batch_timed) {
        gates_[i].batch_timed = true;
        set_timer(edge.batch_every, EdgeTimer::What::send_batch, i, gates_[i].batch);
    }
}

// --- polls and snapshots ---

// A question that finds nobody is asked again an interval later: what it would have brought stays where it is.
bool Edges::cannot_answer(std::uint8_t i) const {
    const Edge& edge = world_.design.edges[i];
    const bool asks = edge.kind == EdgeKind::poll && gates_[i].cuts > 0;
    return asks || (!world_.faults->core_up() && (edge.from == kCore || edge.kind == EdgeKind::poll));
}

void Edges::tick(std::uint32_t index) {
    const auto i = static_cast<std::uint8_t>(index);
    const Edge& edge = world_.design.edges[i];
    world_.after(edge.interval, EventKind::edge_tick, i);
    if (cannot_answer(i)) return;
    if (edge.from == kCore && pending_[i].items.empty() && under_way_[i] == 0)
        captured_[i] = world_.now;  // nothing changed: the copy is as good as new
    if (pending_[i].items.empty()) return;
    const std::uint32_t message = open_message(i);
    messages_[message].items.swap(pending_[i].items);
    if (edge.from == kCore)
        for (EdgeItem& item : messages_[message].items) {
            pending_[i].slot_of_cell[item.cell] = 0;
            item.acknowledged = acknowledged(edge.to, item.cell);
        }
    dispatch(message);
}

// --- faults ---

void Edges::cut(std::uint8_t edge) {
    ++gates_[edge].cuts;
    ++gates_[edge].epoch;
}

void Edges::mend(std::uint8_t edge) { --gates_[edge].cuts; }

void Edges::get_stuck(std::uint8_t edge) { ++gates_[edge].stuck; }

// What arrived meanwhile is applied at once, in the order of arrival.
void Edges::get_going(std::uint8_t edge) {
    if (--gates_[edge].stuck > 0) return;
    std::deque<std::uint32_t> waiting;
    waiting.swap(gates_[edge].unapplied);
    for (const std::uint32_t message : waiting) deliver(message);
}

std::uint64_t Edges::rescued_by_hand() const {
    std::uint64_t sum = 0;
    for (const EdgeStatistics& edge : statistics_) sum += edge.resent_by_hand;
    return sum;
}

}  // namespace lastunit::sim
