#include "sim/edges.hpp"

#include "sim/core_system.hpp"
#include "sim/orders.hpp"
#include "sim/recorder.hpp"

namespace lastunit::sim {

using model::Content;
using model::Edge;
using model::EdgeKind;
using model::kCore;
using model::kNoHost;

namespace {
constexpr std::uint8_t kNoEdge = 255;
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
    sales_edge_.assign(channels, std::vector<std::uint8_t>(nodes_ + 1, kNoEdge));
    statistics_ = std::vector<EdgeStatistics>(edges.size());
    captured_.assign(edges.size(), SimTime{0});
    newest_lag_.assign(edges.size(), Duration{0});
    pending_.resize(edges.size());
    newest_.resize(edges.size());
    under_way_.assign(edges.size(), 0);
    open_.assign(edges.size(), kNoMessage);
    fetched_.resize(edges.size());
    for (std::uint8_t i = 0; i < edges.size(); ++i) {
        const Edge& edge = edges[i];
        if (edge.from != kCore) {
            for_each_node(edge, nodes_, [&](std::uint32_t node) { sales_edge_[edge.from][node] = i; });
            if (sales_edge_[edge.from][nodes_] == kNoEdge || edge.nodes.empty()) sales_edge_[edge.from][nodes_] = i;
            continue;
        }
        if (world.design.channels[edge.to].decides_on != model::DecidesOn::view) continue;  // nobody reads what it would carry
        for_each_node(edge, nodes_, [&](std::uint32_t node) {
            feeds_[edge.to][node] = i;
            if (edge.kind != EdgeKind::cache) listeners_[node].push_back(i);
        });
        if (edge.kind == EdgeKind::cache) {
            fetched_[i].assign(skus, kLongAgo);
            caches_[edge.to].push_back(i);
        }
        if (edge.kind != EdgeKind::cache && edge.content == Content::absolute) newest_[i].assign(std::size_t{nodes_} * skus, 0);
        if (edge.kind == EdgeKind::poll || edge.kind == EdgeKind::snapshot)
            pending_[i].slot_of_cell.assign(std::size_t{nodes_} * skus, 0);
    }
    views_.resize(channels);
    for (std::size_t channel = 0; channel < channels; ++channel)
        if (world.design.channels[channel].decides_on == model::DecidesOn::view) views_[channel] = View(nodes_, skus);
}

void Edges::start() {
    const auto skus = static_cast<std::uint32_t>(world_.scenario.catalogue.skus.size());
    for (View& view : views_) {
        if (!view.exists()) continue;
        for (std::uint32_t sku = 0; sku < skus; ++sku)
            for (std::uint16_t node = 0; node < nodes_; ++node)
                view.overwrite(NodeId(node), Sku(sku), world_.core->ledger().atp(NodeId(node), Sku(sku)));
    }
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
    for (const std::uint8_t i : listeners_[node.value]) {
        const Edge& edge = world_.design.edges[i];
        if (edge.content == Content::delta && by.value == edge.to && deducts(by)) continue;
        const Quantity value = edge.content == Content::delta ? change : atp;
        if (edge.kind == EdgeKind::push) {
            if (open_[i] == kNoMessage) open_[i] = open_message(i);
            messages_[open_[i]].items.push_back({cell, value, world_.now});
        } else {
            note(i, cell, value);
        }
    }
}

// What one command of the core changed travels as one message per edge.
void Edges::flush() {
    for (std::uint8_t i = 0; i < open_.size(); ++i) {
        if (open_[i] == kNoMessage) continue;
        const std::uint32_t message = open_[i];
        open_[i] = kNoMessage;
        dispatch(message);
    }
}

// One item per cell: an absolute value replaces the older one, a change adds to it; `since` stays that of the first.
void Edges::note(std::uint8_t edge, std::uint32_t cell, Quantity value) {
    Pending& pending = pending_[edge];
    std::uint32_t& slot = pending.slot_of_cell[cell];
    if (slot == 0) {
        pending.items.push_back({cell, value, world_.now});
        slot = static_cast<std::uint32_t>(pending.items.size());
    } else if (world_.design.edges[edge].content == Content::delta) {
        pending.items[slot - 1].value += value;
    } else {
        pending.items[slot - 1].value = value;
    }
}

const Quantity* Edges::read(ChannelId channel, Sku sku) {
    for (const std::uint8_t cache : caches_[channel.value]) refresh_cache(cache, sku);
    return views_[channel.value].of_sku(sku);
}

void Edges::refresh_cache(std::uint8_t i, Sku sku) {
    const Edge& edge = world_.design.edges[i];
    SimTime& fetched = fetched_[i][sku.value];
    EdgeStatistics& statistics = statistics_[i];
    if (world_.now - fetched <= edge.ttl) {
        statistics.lag.add(world_.now - fetched);  // a cache's lag is the age of the copy it serves
        return;
    }
    fetched = world_.now;
    ++sent_;
    ++statistics.messages;
    statistics.lag.add(Duration{0});
    for_each_node(edge, nodes_, [&](std::uint32_t node) {
        const NodeId id(static_cast<std::uint16_t>(node));
        views_[edge.to].overwrite(id, sku, world_.core->ledger().atp(id, sku));
    });
}

Duration Edges::age(ChannelId channel, NodeId node, Sku sku) const {
    const std::uint8_t i = feeds_[channel.value][node.value];
    if (i == kNoEdge) return world_.now - SimTime{0};  // never told anything since the start
    switch (world_.design.edges[i].kind) {
        case EdgeKind::push:
            return newest_lag_[i];
        case EdgeKind::cache:
            return world_.now - fetched_[i][sku.value];
        default:
            return world_.now - captured_[i];
    }
}

void Edges::deduct(ChannelId channel, NodeId node, Sku sku, Quantity units) {
    View& view = views_[channel.value];
    if (!view.exists()) return;
    view.add(node, sku, -units);
    // The next absolute message overwrites the cell, right or wrong: it carries what the core believes by then.
    const std::uint8_t i = feeds_[channel.value][node.value];
    if (i == kNoEdge || world_.design.edges[i].content != Content::absolute || pending_[i].slot_of_cell.empty()) return;
    note(i, sku.value * nodes_ + node.value, world_.core->ledger().atp(node, sku));
}

bool Edges::deducts(ChannelId channel) const {
    const model::ChannelDesign& design = world_.design.channels[channel.value];
    const bool by_itself =
        design.reservation == model::ReservationMode::none || design.reservation == model::ReservationMode::check_then_act;
    return design.deducts_own_sales && by_itself && design.decides_on == model::DecidesOn::view;
}

// The core served the sale from elsewhere, or not at all: the cell that the channel had lowered is told its ATP again.
void Edges::correct(ChannelId channel, NodeId node, Sku sku) {
    const std::uint8_t i = feeds_[channel.value][node.value];
    if (i == kNoEdge || world_.design.edges[i].kind != EdgeKind::push || world_.design.edges[i].content != Content::absolute)
        return;
    const std::uint32_t message = open_message(i);
    messages_[message].items.push_back({sku.value * nodes_ + node.value, world_.core->ledger().atp(node, sku), world_.now});
    dispatch(message);
}

// --- sales edges ---

void Edges::send_sale(ChannelId channel, std::uint32_t order) {
    const Order& sale = world_.orders->order(order);
    const NodeId store = sale.store;
    const bool at_store = !core::by_parcel(sale.method) && store.value < nodes_;
    const std::uint8_t i = sales_edge_[channel.value][at_store ? store.value : nodes_];
    if (i == kNoEdge) {
        world_.orders->reaches_core(order);
        return;
    }
    ++sales_under_way_;
    const Item item{order, 0, world_.now};
    if (world_.design.edges[i].kind == EdgeKind::push) {
        const std::uint32_t message = open_message(i);
        messages_[message].items.push_back(item);
        dispatch(message);
    } else {
        pending_[i].items.push_back(item);
    }
}

// --- messages ---

void Edges::tick(std::uint32_t i) {
    const Edge& edge = world_.design.edges[i];
    world_.after(edge.interval, EventKind::edge_tick, i);
    if (edge.from == kCore && pending_[i].items.empty() && under_way_[i] == 0)
        captured_[i] = world_.now;  // nothing changed: the copy is as good as new
    if (pending_[i].items.empty()) return;
    const std::uint32_t message = open_message(static_cast<std::uint8_t>(i));
    messages_[message].items.swap(pending_[i].items);
    if (edge.from == kCore)
        for (const Item& item : messages_[message].items) pending_[i].slot_of_cell[item.cell] = 0;
    dispatch(message);
}

std::uint32_t Edges::open_message(std::uint8_t edge) {
    const std::uint32_t index = messages_.take();
    Message& message = messages_[index];
    message.edge = edge;
    message.stage = 0;
    message.items.clear();
    return index;
}

void Edges::dispatch(std::uint32_t index) {
    const std::uint8_t i = messages_[index].edge;
    const Edge& edge = world_.design.edges[i];
    ++sent_;
    const std::uint64_t first = messages_[index].items.front().cell;  // sales: the order, whoever else is on the way
    messages_[index].number = statistics_[i].messages + 1;
    const bool one_sale = edge.from != kCore && edge.kind == EdgeKind::push;
    messages_[index].draw = (std::uint64_t{i} << 56U) |
                            (one_sale ? world_.orders->order(static_cast<std::uint32_t>(first)).id : messages_[index].number);
    messages_[index].sent = world_.now;
    EdgeStatistics& statistics = statistics_[i];
    ++statistics.messages;
    if (edge.loss > 0 && world_.uniform(model::Purpose::edge_loss, messages_[index].draw) < edge.loss) {
        ++statistics.lost;
        if (edge.from == kCore && edge.content == Content::absolute &&
            !pending_[i].slot_of_cell.empty())  // the next one carries it again
            for (const Item& item : messages_[index].items)
                note(i, item.cell, world_.core->ledger().atp(node_of(item.cell), sku_of(item.cell)));
        if (edge.from != kCore)  // a lost order message is an order the core never hears of
            for (const Item& item : messages_[index].items) {
                --sales_under_way_;
                world_.orders->message_lost(item.cell);
            }
        messages_.give_back(index);
        return;
    }
    ++under_way_[i];
    step(index);
}

// Runs the message through its stages; those that take no time follow at once.
void Edges::step(std::uint32_t index) {
    constexpr std::uint8_t kStages = 4;
    while (messages_[index].stage < kStages)
        if (begin_stage(index)) return;
    arrive(index);
}

// Begins the message's next stage; true when something will wake it up again.
bool Edges::begin_stage(std::uint32_t index) {
    Message& message = messages_[index];
    const Edge& edge = world_.design.edges[message.edge];
    const bool sales = edge.from != kCore;
    const std::uint16_t core_host = world_.design.core_host;
    const auto items = static_cast<std::int64_t>(message.items.size());
    enum class Stage : std::uint8_t { latency, broker, link, core_cpu };
    constexpr Stage kSales[] = {Stage::latency, Stage::broker, Stage::link, Stage::core_cpu};
    constexpr Stage kStock[] = {Stage::link, Stage::broker, Stage::latency, Stage::core_cpu};
    const Stage stage = sales ? kSales[message.stage] : kStock[message.stage];
    ++message.stage;
    switch (stage) {
        case Stage::latency: {
            const Duration latency = world_.draw(edge.latency, model::Purpose::edge_latency, message.draw);
            if (latency.us == 0) return false;
            world_.after(latency, EventKind::message, index);
            return true;
        }
        case Stage::broker:
            if (edge.via == kNoHost || edge.service.us == 0) return false;
            world_.infrastructure.compute(world_.now, edge.via, edge.service * items,
                                          world_.ticket(Ticket::Owner::message, index));
            return true;
        case Stage::link: {
            if (edge.via == kNoHost || core_host == kNoHost || edge.via == core_host) return false;
            const std::uint16_t from = sales ? edge.via : core_host;
            const std::uint16_t to = sales ? core_host : edge.via;
            if (!world_.infrastructure.connected(from, to)) return false;
            world_.infrastructure.transfer(world_.now, from, to, static_cast<double>(edge.bytes) * static_cast<double>(items),
                                           world_.ticket(Ticket::Owner::message, index));
            return true;
        }
        case Stage::core_cpu:
            if (!sales || core_host == kNoHost || world_.design.core_service.us == 0) return false;
            world_.infrastructure.compute(world_.now, core_host, world_.design.core_service * items,
                                          world_.ticket(Ticket::Owner::message, index));
            return true;
    }
    return false;
}

void Edges::arrive(std::uint32_t index) {
    const std::uint8_t i = messages_[index].edge;
    EdgeStatistics& statistics = statistics_[i];
    --under_way_[i];
    const std::uint64_t number = messages_[index].number;
    if (messages_[index].sent > captured_[i]) captured_[i] = messages_[index].sent;
    // Applying a sale may send further messages, and the pool may move: take the items out first.
    std::vector<Item> items;
    items.swap(messages_[index].items);
    for (const Item& item : items) {
        const Duration lag = world_.now - item.since;
        statistics.lag.add(lag);
        statistics.step_sum_s += lag.seconds();
        if (lag.seconds() > statistics.step_max_s) statistics.step_max_s = lag.seconds();
        ++statistics.step_count;
        newest_lag_[i] = lag;
        apply(i, number, item);
    }
    items.clear();
    messages_[index].items.swap(items);
    messages_.give_back(index);
}

void Edges::apply(std::uint8_t i, std::uint64_t number, const Item& item) {
    const Edge& edge = world_.design.edges[i];
    if (edge.from != kCore) {
        --sales_under_way_;
        world_.orders->reaches_core(item.cell);
    } else if (edge.content == Content::delta) {
        views_[edge.to].add(node_of(item.cell), sku_of(item.cell), item.value);
    } else {
        // A slow message does not undo a newer one about the same cell: edges keep the order per key.
        if (number < newest_[i][item.cell]) return;
        newest_[i][item.cell] = number;
        views_[edge.to].overwrite(node_of(item.cell), sku_of(item.cell), item.value);
    }
}

}  // namespace lastunit::sim
