#include "sim/causes.hpp"

#include <algorithm>

#include "sim/channels.hpp"
#include "sim/core_system.hpp"
#include "sim/faults.hpp"
#include "sim/orders.hpp"
#include "sim/pools.hpp"

namespace lastunit::sim {

using model::OversoldCause;
using model::UndersoldCause;

namespace {

// The mishaps of the record behind a cause; kMishaps: none, or one of the view's alone.
constexpr unsigned record_mishap(OversoldCause cause) {
    switch (cause) {
        case OversoldCause::return_misbooked:
            return static_cast<unsigned>(Mishap::misbooked);
        case OversoldCause::lost_message:
            return static_cast<unsigned>(Mishap::lost_sale);
        case OversoldCause::offline_sale:
            return static_cast<unsigned>(Mishap::offline_sale);
        case OversoldCause::phantom_stock:
            return static_cast<unsigned>(Mishap::phantom);
        default:
            return kMishaps;
    }
}

}  // namespace

Causes::Causes(World& world) : world_(world), view_errors_(world.scenario.channels.size()) {}

// --- notes ---

void Causes::note(Mishap what, NodeId node, Sku sku, Quantity change) {
    if (change == 0) return;
    const auto index = static_cast<unsigned>(what);
    Cells& cells = noted_[index];
    if (cells.empty()) {
        cells.assign(world_.cells(), 0);
        charged_[index].assign(world_.scenario.catalogue.skus.size(), 0);
    }
    cells[world_.cell_of(node, sku)] += change;
    Quantity& charged = charged_[index][sku.value];
    if (change > 0 || charged == 0) return;
    // What is put right misleads nobody any more, and has nothing to be charged with.
    Quantity left = 0;
    const std::size_t nodes = world_.scenario.network.nodes.size();
    for (std::size_t i = 0; i < nodes; ++i) left += std::max(0, cells[std::size_t{sku.value} * nodes + i]);
    charged = std::min(charged, left);
}

void Causes::note(ChannelId channel, NodeId node, Sku sku, ViewMishap what, Quantity change) {
    Cells& cells = view_errors_[channel.value][static_cast<unsigned>(what)];
    if (cells.empty()) cells.assign(world_.cells(), 0);
    cells[world_.cell_of(node, sku)] += change;
}

void Causes::view_is_right(ChannelId channel, NodeId node, Sku sku) {
    for (Cells& cells : view_errors_[channel.value])
        if (!cells.empty()) cells[world_.cell_of(node, sku)] = 0;
}

Quantity Causes::noted(Mishap what, NodeId node, Sku sku) const {
    const Cells& cells = noted_[static_cast<unsigned>(what)];
    return cells.empty() ? 0 : cells[world_.cell_of(node, sku)];
}

// --- sums over a promise's nodes ---

Quantity Causes::sum(const Cells& cells, Sku sku, std::span<const NodeId> nodes) const {
    if (cells.empty()) return 0;
    Quantity units = 0;
    for (const NodeId node : nodes) units += cells[world_.cell_of(node, sku)];
    return units;
}

Quantity Causes::unexplained(Mishap what, Sku sku, std::span<const NodeId> nodes) const {
    const auto index = static_cast<unsigned>(what);
    if (noted_[index].empty()) return 0;
    Quantity units = 0;
    for (const NodeId node : nodes) units += std::max(0, noted_[index][world_.cell_of(node, sku)]);
    return std::max(0, units - charged_[index][sku.value]);
}

Quantity Causes::view_error(const OversoldLine& line, ViewMishap what) const {
    if (line.decided != Decided::on_view) return 0;
    return std::max(0, sum(view_errors_[line.channel.value][static_cast<unsigned>(what)], line.sku, line.nodes));
}

// What the channel believes in, before any buffer.
Quantity Causes::believed(ChannelId channel, Sku sku, std::span<const NodeId> nodes, Copy copy) const {
    const Quantity* known = world_.channels->peek(copy, channel, sku);
    Quantity units = 0;
    for (const NodeId node : nodes)
        units += known != nullptr ? std::max(0, known[node.value]) : world_.core->ledger().atp(node, sku, channel);
    return units;
}

Copy Causes::decided_on(const OversoldLine& line) const {
    return line.decided == Decided::on_view ? world_.channels->decides_on(line.channel, line.sku) : Copy::record;
}

// --- oversold ---

Quantity Causes::of_cause(OversoldCause cause, const OversoldLine& line) const {
    Quantity units = 0;
    if (const unsigned mishap = record_mishap(cause); mishap < kMishaps)
        units += unexplained(static_cast<Mishap>(mishap), line.sku, line.nodes);
    switch (cause) {
        case OversoldCause::duplicate_message:
            return units + view_error(line, ViewMishap::duplicated);
        case OversoldCause::reordered_message:
            return units + view_error(line, ViewMishap::reordered);
        case OversoldCause::lost_message:
            return units + view_error(line, ViewMishap::lost);
        case OversoldCause::snapshot_overwrite:
            return units + view_error(line, ViewMishap::overwritten);
        case OversoldCause::pos_conflict:
            for (const NodeId node : line.nodes) units += world_.truth.cell(node, line.sku).in_hand;
            return units;
        default:
            return units;
    }
}

// The channel did not ask for what it sells: other nodes, units that are allocated, or each line without the others.
bool Causes::looked_elsewhere(const OversoldLine& line) const {
    const model::Bookkeeping& books = world_.design.bookkeeping;
    const bool careless = books.shows == model::Bookkeeping::Shows::on_hand ||
                          books.check_lines == model::Bookkeeping::CheckLines::each ||
                          !world_.design.channels[line.channel.value].shows.empty();
    return careless && line.decided != Decided::on_quota &&
           believed(line.channel, line.sku, line.nodes, Copy::record) + line.lowered < line.asked;
}

OversoldCause Causes::late_news(const OversoldLine& line) const {
    if (line.decided == Decided::on_record && !line.reserved) return OversoldCause::race;
    if (looked_elsewhere(line)) return OversoldCause::race;
    const model::ChannelDesign& design = world_.design.channels[line.channel.value];
    const bool buffered = line.decided == Decided::on_view && (design.buffer > 0 || design.node_buffer > 0);
    return buffered ? OversoldCause::buffer_breach : OversoldCause::stale_view;
}

OversoldCause Causes::oversold(const OversoldLine& line, Quantity units) {
    if (line.decided == Decided::on_expired_hold) return OversoldCause::hold_expired_but_paid;
    if (line.decided == Decided::on_shelf)
        return world_.faults->offline(line.till) ? OversoldCause::offline_sale : OversoldCause::pos_conflict;
    if (line.there_when_checked >= line.asked) return OversoldCause::race;

    Quantity left = line.decided == Decided::on_quota
                        ? world_.pools->quota(line.channel, line.sku) + line.asked
                        : believed(line.channel, line.sku, line.nodes, decided_on(line)) + line.lowered;
    constexpr OversoldCause kMishapsInOrder[] = {OversoldCause::return_misbooked,   OversoldCause::duplicate_message,
                                                 OversoldCause::reordered_message,  OversoldCause::lost_message,
                                                 OversoldCause::snapshot_overwrite, OversoldCause::offline_sale,
                                                 OversoldCause::phantom_stock,      OversoldCause::pos_conflict};
    for (const OversoldCause cause : kMishapsInOrder) {
        const Quantity amount = of_cause(cause, line);
        left -= amount;
        if (amount == 0 || left >= line.asked) continue;
        if (const unsigned mishap = record_mishap(cause); mishap < kMishaps && !charged_[mishap].empty())
            charged_[mishap][line.sku.value] += std::min(units, unexplained(static_cast<Mishap>(mishap), line.sku, line.nodes));
        return cause;
    }
    return late_news(line);
}

void Causes::free_again(OversoldCause cause, Sku sku, Quantity units) {
    const unsigned mishap = record_mishap(cause);
    if (mishap == kMishaps || charged_[mishap].empty()) return;
    Quantity& charged = charged_[mishap][sku.value];
    charged = std::max(0, charged - units);
}

// --- undersold ---

Quantity Causes::shortfall(Sku sku, std::span<const NodeId> nodes) const {
    Quantity units = 0;
    for (const Mishap what : {Mishap::phantom, Mishap::misbooked, Mishap::booked_twice}) {
        const Cells& cells = noted_[static_cast<unsigned>(what)];
        if (cells.empty()) continue;
        for (const NodeId node : nodes) units += std::max(0, -cells[world_.cell_of(node, sku)]);
    }
    return units;
}

// A node of which more is sold than it has counts against the others.
bool Causes::hidden_by_other_nodes(ChannelId channel, Sku sku, std::span<const NodeId> nodes, Quantity asked) const {
    if (world_.design.bookkeeping.netting != model::Bookkeeping::Netting::over_nodes) return false;
    const Quantity* known = world_.channels->peek(world_.channels->decides_on(channel, sku), channel, sku);
    Quantity units = 0;
    for (const NodeId node : nodes) units += known != nullptr ? known[node.value] : world_.core->tells(node, sku);
    return units < asked;
}

UndersoldCause Causes::undersold(ChannelId channel, Sku sku, core::Method method, const NodeId& store, Quantity asked,
                                 Refused why) {
    if (why == Refused::declined) return UndersoldCause::declined;
    if (why == Refused::unreachable || why == Refused::lock_timeout) return UndersoldCause::node_closed;
    if (why == Refused::conflict) return UndersoldCause::stale_view;
    if (why == Refused::hold_ran_out) return UndersoldCause::held_by_dead_hold;
    const model::ChannelDesign& design = world_.design.channels[channel.value];
    const std::span<const NodeId> nodes = world_.orders->promise_nodes(channel, method, store);
    Quantity units = believed(channel, sku, nodes, world_.channels->decides_on(channel, sku));
    if (units >= asked && hidden_by_other_nodes(channel, sku, nodes, asked)) return UndersoldCause::phantom_shortage;
    Quantity kept = 0;
    if (world_.core->hides_protected())
        for (const NodeId node : nodes) kept += world_.core->kept(node, sku);
    if (units >= asked && (design.buffer > 0 || design.node_buffer > 0 || kept > 0)) return UndersoldCause::buffer;
    if (design.reservation == model::ReservationMode::escrow) {
        if (world_.pools->quota(channel, sku) >= asked) return UndersoldCause::node_closed;
        units = world_.pools->undealt(channel, sku);
        if (units >= asked) return UndersoldCause::pool_split;
    }
    if (units >= asked) return UndersoldCause::node_closed;  // shown, and yet no plan: capacity, hours, splits
    units -= std::min(0, sum(noted_[static_cast<unsigned>(Mishap::dead_hold)], sku, nodes));
    if (units >= asked) return UndersoldCause::held_by_dead_hold;
    units += shortfall(sku, nodes);
    if (units >= asked) return UndersoldCause::phantom_shortage;
    return UndersoldCause::stale_view;
}

}  // namespace lastunit::sim
