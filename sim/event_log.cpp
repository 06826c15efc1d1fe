#include "sim/event_log.hpp"

#include <algorithm>

#include "sim/edges.hpp"
#include "sim/orders.hpp"
#include "sim/record_fields.hpp"

namespace lastunit::sim {

namespace {

constexpr std::size_t kRecordsPerChunk = 32'768;  // some 300 kB unpacked: long enough for deflate, short enough to keep in cache

constexpr std::size_t kLikenesses = 1U << 14U;

std::uint32_t high(std::uint64_t id) { return static_cast<std::uint32_t>(id >> 40U); }
std::uint64_t low(std::uint64_t id) { return id & ((std::uint64_t{1} << 40U) - 1); }
std::uint32_t units_of(Quantity units) { return static_cast<std::uint32_t>(std::max(0, units)); }
std::uint64_t span_of(Duration span) { return static_cast<std::uint64_t>(std::max(std::int64_t{0}, span.us)); }
std::uint32_t one_plus(NodeId node) { return node == kNowhere ? 0 : 1U + node.value; }

template <class Value> void put(std::string* column, Value value) { column->push_back(static_cast<char>(value)); }

}  // namespace

EventLog::EventLog(World& world, model::EventLogSink& sink)
    : world_(world), sink_(sink), chunk_(*entry_.mutable_chunk()), sent_(world.design.edges.size()), looking_like_(kLikenesses) {}

// --- chunks ---

void EventLog::begin(model::LogKind kind) {
    if (chunk_.kinds().size() >= kRecordsPerChunk) flush();
    if (chunk_.kinds().empty()) {
        chunk_.set_from_us(world_.now.us);
        last_ = world_.now;
    }
    put(chunk_.mutable_kinds(), kind);
    chunk_.add_after_us(span_of(world_.now - last_));
    last_ = world_.now;
    ++records_;
}

// The columns keep their memory for the next chunk.
void EventLog::flush() {
    if (chunk_.kinds().empty()) return;
    sink_.write(entry_);
    chunk_.mutable_kinds()->clear();
    chunk_.clear_after_us();
    chunk_.mutable_stock()->Clear();
    chunk_.mutable_ledger()->Clear();
    chunk_.mutable_sent()->Clear();
    chunk_.mutable_mishap()->Clear();
    chunk_.mutable_arrived()->Clear();
    chunk_.mutable_fetched()->Clear();
    chunk_.mutable_order()->Clear();
    chunk_.mutable_oversold()->Clear();
    chunk_.mutable_refused()->Clear();
    chunk_.mutable_fate()->Clear();
    chunk_.mutable_fault()->Clear();
}

void EventLog::finish(Whole whole, std::uint64_t oversold_units) {
    flush();
    model::EventLogEntry entry;
    model::EventLogEnd& end = *entry.mutable_end();
    end.set_records(records_);
    end.set_orders(orders_);
    end.set_oversold_units(oversold_units);
    end.set_fingerprint(hex16(world_.fingerprint.value()));
    end.set_partial(whole == Whole::stopped);
    sink_.write(entry);
}

// --- the truth and the record ---

void EventLog::moved(model::StockMove move, NodeId node, Sku sku, Quantity units, std::uint64_t by) {
    begin(model::LOG_STOCK);
    model::StockColumns& out = *chunk_.mutable_stock();
    put(out.mutable_move(), move);
    out.add_node(node.value);
    out.add_sku(sku.value);
    out.add_units(units_of(units));
    out.add_by(by);
}

void EventLog::moved_for(std::uint32_t order, model::StockMove move, NodeId node, Sku sku, Quantity units) {
    moved(move, node, sku, units, back(order));
}

void EventLog::changed(std::span<const core::Event> events) {
    for (const core::Event& event : events) {
        begin(model::LOG_LEDGER);
        model::LedgerColumns& out = *chunk_.mutable_ledger();
        put(out.mutable_kind(), event.kind);
        out.add_node(event.node.value);
        out.add_sku(event.sku.value);
        out.add_delta(event.delta);
        out.add_atp(units_of(event.atp_after));
        put(out.mutable_channel(), event.channel.value);
        out.add_source(high(event.reference));
        out.add_reference(low(event.reference));
    }
}

// --- messages ---

void EventLog::sent(const EdgeMessage& message) {
    begin(model::LOG_SENT);
    model::SentColumns& out = *chunk_.mutable_sent();
    put(out.mutable_edge(), message.edge);
    out.add_items(static_cast<std::uint32_t>(message.items.size()));
    const bool sales = world_.design.edges[message.edge].from != model::kCore;
    for (const EdgeItem& item : message.items) {
        out.add_subject(sales ? back(item.cell) : item.cell);
        if (!sales) out.add_value(item.value);
        out.add_waited_us(span_of(world_.now - item.since));
    }
    sent_[message.edge] = message.number;
}

void EventLog::mishap(model::MessageMishap what, std::uint8_t edge, std::uint64_t number) {
    begin(model::LOG_MISHAP);
    model::MishapColumns& out = *chunk_.mutable_mishap();
    put(out.mutable_mishap(), what);
    put(out.mutable_edge(), edge);
    out.add_back(static_cast<std::uint32_t>(sent_[edge] - number));
}

void EventLog::arrived(std::uint8_t edge, std::uint64_t number, Copy copy) {
    begin(model::LOG_ARRIVED);
    model::ArrivedColumns& out = *chunk_.mutable_arrived();
    put(out.mutable_edge(), edge);
    out.add_back(static_cast<std::uint32_t>(sent_[edge] - number));
    put(out.mutable_copy(), copy);
}

void EventLog::fetched(std::uint8_t edge, Sku sku, const Quantity* view) {
    begin(model::LOG_FETCHED);
    model::FetchedColumns& out = *chunk_.mutable_fetched();
    put(out.mutable_edge(), edge);
    out.add_sku(sku.value);
    const std::vector<NodeId>& nodes = world_.design.edges[edge].nodes;
    if (nodes.empty()) {
        for (std::size_t node = 0; node < world_.scenario.network.nodes.size(); ++node) out.add_view(view[node]);
    } else {
        for (const NodeId node : nodes) out.add_view(view[node.value]);
    }
}

// --- decisions ---

void EventLog::looked(std::uint64_t shopper, ChannelId channel, Sku sku, core::Method method, const NodeId& store,
                      Quantity shown) {
    Look now;
    now.at = world_.now;
    now.sku = sku;
    now.shown = shown;
    const std::span<const NodeId> nodes = world_.orders->promise_nodes(channel, method, store);
    const bool on_view = method != core::Method::carry_out && world_.edges->has_view(channel);
    if (on_view && !nodes.empty()) now.age = world_.edges->age(channel, nodes.front(), sku);
    std::uint32_t* slot = looking_.find(shopper);
    if (slot == nullptr) {
        slot = &looking_.insert(shopper, looks_.take());
        ++looking_like_[shopper % kLikenesses];
        looks_[*slot].clear();
    }
    std::vector<Look>& looks = looks_[*slot];
    const auto same = std::find_if(looks.begin(), looks.end(), [&](const Look& look) { return look.sku == sku; });
    same == looks.end() ? looks.push_back(now) : void(*same = now);
}

const EventLog::Look* EventLog::look(std::uint64_t shopper, Sku sku) {
    const std::uint32_t* slot = looking_.find(shopper);
    if (slot == nullptr) return nullptr;
    for (const Look& look : looks_[*slot])
        if (look.sku == sku) return &look;
    return nullptr;
}

void EventLog::gone(std::uint64_t shopper) {
    if (looking_like_[shopper % kLikenesses] == 0) return;
    const std::uint32_t* slot = looking_.find(shopper);
    if (slot == nullptr) return;
    --looking_like_[shopper % kLikenesses];
    looks_.give_back(*slot);
    looking_.erase(shopper);
}

void EventLog::accepted(const Promise& promise, std::span<const core::OrderLine> lines) {
    begin(model::LOG_ORDER);
    ++orders_;
    model::OrderColumns& out = *chunk_.mutable_order();
    out.add_source(high(promise.id));
    out.add_shopper(low(promise.id));
    put(out.mutable_channel(), promise.channel.value);
    put(out.mutable_method(), promise.method);
    out.add_store(one_plus(promise.store));
    put(out.mutable_decided(), promise.method == core::Method::carry_out ? Decided::on_shelf : promise.decided);
    out.add_lines(static_cast<std::uint32_t>(lines.size()));
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const Look* seen = look(promise.id, lines[i].sku);
        out.add_sku(lines[i].sku.value);
        out.add_units(units_of(lines[i].quantity));
        out.add_shown(seen == nullptr ? 0 : 1 + units_of(seen->shown));
        out.add_looked_us(seen == nullptr ? 0 : span_of(world_.now - seen->at));
        out.add_age_us(seen == nullptr ? 0 : span_of(seen->age));
        out.add_lowered(promise.lowered.empty() ? 0 : one_plus(promise.lowered[i]));
    }
}

void EventLog::oversold(Sku sku, Quantity units, model::OversoldCause cause) {
    begin(model::LOG_OVERSOLD);
    model::OversoldColumns& out = *chunk_.mutable_oversold();
    out.add_sku(sku.value);
    out.add_units(units_of(units));
    put(out.mutable_cause(), cause);
}

void EventLog::refused(std::uint64_t shopper, ChannelId channel, core::Method method, NodeId store, const core::OrderLine& line,
                       Quantity undersold, model::UndersoldCause cause) {
    begin(model::LOG_REFUSED);
    model::RefusedColumns& out = *chunk_.mutable_refused();
    const Look* seen = look(shopper, line.sku);
    out.add_source(high(shopper));
    out.add_shopper(low(shopper));
    put(out.mutable_channel(), channel.value);
    put(out.mutable_method(), method);
    out.add_store(one_plus(store));
    out.add_sku(line.sku.value);
    out.add_units(units_of(line.quantity));
    out.add_shown(seen == nullptr ? 0 : 1 + units_of(seen->shown));
    out.add_age_us(seen == nullptr ? 0 : span_of(seen->age));
    out.add_undersold(units_of(undersold));
    put(out.mutable_cause(), cause);
}

// --- what becomes of orders, and of the rest ---

void EventLog::fate(model::OrderFate fate, const Piece& piece) {
    begin(model::LOG_FATE);
    model::FateColumns& out = *chunk_.mutable_fate();
    put(out.mutable_fate(), fate);
    out.add_order(back(piece.order));
    out.add_sku(1 + piece.sku.value);
    out.add_units(units_of(piece.units));
    out.add_node(one_plus(piece.node));
    put(out.mutable_oversold(), piece.accepted_unbacked ? 1 : 0);
}

void EventLog::fate(model::OrderFate fate, std::uint32_t order) {
    begin(model::LOG_FATE);
    model::FateColumns& out = *chunk_.mutable_fate();
    put(out.mutable_fate(), fate);
    out.add_order(back(order));
    out.add_sku(0);
    out.add_units(0);
    out.add_node(0);
    put(out.mutable_oversold(), 0);
}

void EventLog::fault(std::uint32_t index, Turn turn) {
    begin(model::LOG_FAULT);
    chunk_.mutable_fault()->add_fault(index);
    put(chunk_.mutable_fault()->mutable_begins(), turn);
}

}  // namespace lastunit::sim
