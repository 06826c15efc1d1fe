#include "sim/orders.hpp"

#include <algorithm>
#include <cmath>

#include "sim/accuracy.hpp"
#include "sim/core_system.hpp"
#include "sim/costs.hpp"
#include "sim/edges.hpp"
#include "sim/event_log.hpp"
#include "sim/importance.hpp"
#include "sim/operations/operations.hpp"
#include "sim/operations/returns.hpp"
#include "sim/operations/supply.hpp"
#include "sim/probe.hpp"
#include "sim/record_error.hpp"
#include "sim/recorder.hpp"
#include "sim/walk_ins.hpp"

namespace lastunit::sim {

Orders::Orders(World& world) : world_(world), backing_(world, pieces_) { reconfigure(); }

void Orders::reconfigure() {
    shipping_nodes_.clear();
    hands_over_.clear();
    brought_from_.clear();
    const std::vector<NodeService>& nodes = world_.services;
    for (const model::ChannelDesign& channel : world_.design.channels) {
        std::vector<NodeId>& shipping = shipping_nodes_.emplace_back();
        std::vector<char>& hands_over = hands_over_.emplace_back();
        for (std::uint16_t i = 0; i < nodes.size(); ++i) {
            const bool allowed =
                channel.nodes.empty() || std::find(channel.nodes.begin(), channel.nodes.end(), NodeId(i)) != channel.nodes.end();
            if (allowed && nodes[i].ships) shipping.emplace_back(i);
            hands_over.push_back(allowed && nodes[i].hands_over ? 1 : 0);
        }
    }
}

std::span<const NodeId> Orders::promise_nodes(ChannelId channel, core::Method method, const NodeId& store) const {
    if (core::by_parcel(method)) return shipping_nodes_[channel.value];
    const bool stays = method == core::Method::carry_out || hands_over_[channel.value][store.value] != 0;
    const bool brings = world_.design.pickup_from_elsewhere == model::PickupFromElsewhere::transfer;
    if (!brings || !stays || method == core::Method::carry_out) return {&store, stays ? std::size_t{1} : std::size_t{0}};
    const std::vector<NodeId>& shipping = shipping_nodes_[channel.value];
    if (std::find(shipping.begin(), shipping.end(), store) != shipping.end()) return shipping;
    std::vector<NodeId>& nodes = brought_from_[{channel, store}];
    if (nodes.empty()) {
        nodes = shipping;
        nodes.push_back(store);
    }
    return nodes;
}

// --- acceptance ---

std::uint32_t Orders::accept(const Promise& promise, std::span<const core::OrderLine> lines,
                             std::span<const core::Line> allocated) {
    const std::uint32_t index = open_order(promise);
    if (world_.log != nullptr) world_.log->accepted(promise, lines);
    if (promise.method == core::Method::carry_out) {
        carry_out(index, promise, lines);
        return index;
    }
    const std::span<const NodeId> nodes = promise_nodes(promise.channel, promise.method, promise.store);
    for (const core::Line& line : allocated) {
        const std::uint32_t piece = add_piece(index, line.sku, line.quantity, line.node);
        if (promise.gathered_at != kNowhere) pieces_[piece].gathered_at = promise.gathered_at;
        back(piece, nodes);
    }
    const std::span<const core::OrderLine> ahead = allocated.empty() ? lines : promise.ahead;
    accept_ahead(index, promise, ahead);
    judge(index, promise, lines);
    decide_take_back(orders_[index], index);
    if (!allocated.empty()) hand_to_operations(index);
    if (!ahead.empty()) world_.edges->send_sale(promise.channel, index);
    return index;
}

// Lines for which the core knows no node yet.
void Orders::accept_ahead(std::uint32_t index, const Promise& promise, std::span<const core::OrderLine> lines) {
    const std::span<const NodeId> nodes = promise_nodes(promise.channel, promise.method, promise.store);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::uint32_t piece = add_piece(index, lines[i].sku, lines[i].quantity, kNowhere);
        if (!promise.lowered.empty()) pieces_[piece].lowered = promise.lowered[i];
        pieces_[piece].counter = promise.counter;
        back(piece, nodes);
    }
}

std::uint32_t Orders::open_order(const Promise& promise) {
    const auto index = static_cast<std::uint32_t>(orders_.size());
    Order& order = orders_.emplace_back();
    order.id = promise.id;
    order.accepted = world_.now;
    order.place = promise.place;
    order.store = promise.store;
    order.channel = promise.channel;
    order.method = order.promised = promise.method;
    order.persona = promise.persona;
    ++open_;
    return index;
}

std::uint32_t Orders::add_piece(std::uint32_t order, Sku sku, Quantity units, NodeId node) {
    const auto index = static_cast<std::uint32_t>(pieces_.size());
    Piece& piece = pieces_.emplace_back();
    piece.sku = sku;
    piece.units = units;
    piece.order = order;
    piece.node = node;
    piece.state = node == kNowhere ? PieceState::waiting : PieceState::allocated;
    note_pickup_from_elsewhere(order, piece);
    piece.next = orders_[order].first_piece;
    orders_[order].first_piece = index;
    ++orders_[order].open_pieces;
    orders_[order].units += units;
    open_units_ += static_cast<std::uint64_t>(units);
    return index;
}

// Cuts `off` units from a piece into a new one of the same kind, without a parcel.
std::uint32_t Orders::split(std::uint32_t index, Quantity off) {
    const auto cut = static_cast<std::uint32_t>(pieces_.size());
    pieces_.push_back(pieces_[index]);
    Piece& rest = pieces_[index];
    Piece& piece = pieces_[cut];
    rest.units -= off;
    piece.units = off;
    piece.parcel = kNone;
    piece.next = rest.next;
    rest.next = cut;
    ++orders_[piece.order].open_pieces;
    if (piece.backing != kNowhere) {
        world_.truth.commit(piece.backing, piece.sku, -off);
        if (world_.log != nullptr) world_.log->moved_for(piece.order, model::MOVE_WITHDRAWN, piece.backing, piece.sku, off);
        if (piece.unheard) world_.causes->note(Mishap::lost_sale, piece.backing, piece.sku, -off);
        backing_.commit(cut, piece.backing);
    }
    return cut;
}

// Commits physical units to the piece: at its own node first, then where most are left. The piece that is left without any, or
// kNone.
std::uint32_t Orders::back(std::uint32_t index, std::span<const NodeId> nodes) {
    if (!world_.judges) return kNone;
    for (;;) {
        const Sku sku = pieces_[index].sku;
        NodeId best = pieces_[index].node;
        Quantity there = best == kNowhere ? 0 : world_.truth.cell(best, sku).atp();
        if (there == 0) {
            for (const NodeId node : nodes) {
                const Quantity atp = world_.truth.cell(node, sku).atp();
                if (atp > there) best = node, there = atp;
            }
        }
        if (there == 0) return index;
        const Quantity units = pieces_[index].units;
        const std::uint32_t rest = there < units ? split(index, units - there) : kNone;
        if (rest != kNone && pieces_[index].parcel != kNone) {  // on somebody's pick list already: so is what is cut off
            pieces_[rest].parcel = pieces_[index].parcel;
            world_.operations->join(pieces_[rest].parcel, rest);
        }
        backing_.commit(index, best);
        if (rest == kNone) return kNone;
        index = rest;
    }
}

Quantity Orders::make_room(NodeId node, Sku sku, std::vector<std::uint32_t>& moved) {
    const std::size_t before = moved.size();
    Quantity broken = 0;
    withdraw_excess(node, sku, moved);
    for (std::size_t i = before; i < moved.size(); ++i) {
        Piece& piece = pieces_[moved[i]];
        if (piece.backing != kNowhere) continue;
        piece.displaced = true;
        if (world_.log != nullptr) world_.log->fate(model::FATE_DISPLACED, piece);
        broken += piece.units;
    }
    return broken;
}

// What nobody took displaced nobody: a promise that finds no other unit has just lost its own.
void Orders::unit_vanished(NodeId node, Sku sku) {
    moved_.clear();
    withdraw_excess(node, sku, moved_);
}

void Orders::withdraw_excess(NodeId node, Sku sku, std::vector<std::uint32_t>& moved) {
    while (world_.truth.cell(node, sku).committed > world_.truth.cell(node, sku).shelf) {
        const std::uint32_t piece = backing_.first(node, sku);
        backing_.withdraw(piece);
        const Order& order = orders_[pieces_[piece].order];
        const std::uint32_t left = back(piece, promise_nodes(order.channel, order.method, order.store));
        moved.push_back(piece);
        if (left != kNone && left != piece) moved.push_back(left);
    }
}

void Orders::stands_again(std::uint32_t index) {
    const PieceState state = pieces_[index].state;
    if (pieces_[index].backing != kNowhere || (state != PieceState::waiting && state != PieceState::allocated)) return;
    const Order& order = orders_[pieces_[index].order];
    if (back(index, promise_nodes(order.channel, order.method, order.store)) == kNone) pieces_[index].displaced = false;
}

bool Orders::count_at_node(std::uint32_t index) {
    Piece& piece = pieces_[index];
    if (!piece.accepted_unbacked || piece.counted_at_node) return false;
    piece.counted_at_node = true;
    return true;
}

// The shopper has the units in hand: the truth gave them up when they left the shelf.
void Orders::carry_out(std::uint32_t index, const Promise& promise, std::span<const core::OrderLine> lines) {
    Order& order = orders_[index];
    Counters& counters = world_.recorder->of(promise.channel);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const core::OrderLine& line = lines[i];
        const std::uint32_t piece = add_piece(index, line.sku, line.quantity, promise.store);
        const Quantity oversold = promise.conflicts[i];
        order.oversold += oversold;
        const Money price = world_.scenario.catalogue.skus[line.sku.value].price;
        counters.oversold_value += price * oversold;
        world_.recorder->skus.sold(line.sku, line.quantity);
        if (oversold > 0 && world_.importance != nullptr) world_.importance->oversold(promise.channel, line.sku, oversold);
        if (world_.probe != nullptr) world_.probe->accepted(world_.now, promise.channel, line.sku, line.quantity, oversold);
        if (world_.probe != nullptr) world_.probe->line_accepted(order.id, line.sku, line.quantity, oversold);
        pieces_[piece].state = PieceState::handed_over;
        world_.truth.cell(promise.store, line.sku).in_hand -= line.quantity;
        --order.open_pieces;
        open_units_ -= static_cast<std::uint64_t>(line.quantity);
        counters.revenue += price * line.quantity;
        world_.costs->book(CostTerm::commission, promise.channel, commission(promise.channel, price * line.quantity));
        counters.handed_over_units += static_cast<std::uint64_t>(line.quantity);
        world_.recorder->stock_left += static_cast<std::uint64_t>(line.quantity);
        if (oversold > 0) {
            OversoldLine till;
            till.channel = promise.channel;
            till.sku = line.sku;
            till.decided = Decided::on_shelf;
            till.till = promise.store;
            const model::OversoldCause cause = world_.causes->oversold(till, oversold);
            counters.oversold_by(cause) += static_cast<std::uint64_t>(oversold);
            world_.recorder->skus.oversold(line.sku, promise.channel, cause, oversold);
            if (world_.log != nullptr) world_.log->oversold(line.sku, oversold, cause);
        }
        world_.operations->sold_at_till(promise.store, line.quantity, oversold);
        world_.supply->unit_left(promise.store, line.sku, line.quantity);
        book_at_till(piece, order.id, promise.store);
    }
    counters.pos_conflict_units += static_cast<std::uint64_t>(order.oversold);
    count_accepted(order);
    for (std::uint32_t piece = order.first_piece; piece != kNone; piece = pieces_[piece].next)
        world_.returns->decide(order, pieces_[piece]);
    end_if_over(index);
    world_.edges->send_sale(promise.channel, index);
}

// The till may take it for another SKU: the record will be wrong about both, and is known to be.
void Orders::book_at_till(std::uint32_t index, std::uint64_t order, NodeId store) {
    const Piece& piece = pieces_[index];
    const Sku booked = world_.accuracy->scan(order, index, store, piece.sku);
    world_.record_error->sold(store, booked, piece.units);
    if (booked == piece.sku) return;
    world_.record_error->settle(store, piece.sku);
    world_.record_error->settle(store, booked);
}

Money Orders::commission(ChannelId channel, Money value) const {
    return std::llround(world_.scenario.channels[channel.value].commission * static_cast<double>(value));
}

void Orders::count_accepted(const Order& order) {
    Counters& counters = world_.recorder->of(order.channel);
    ++counters.orders;
    counters.units += static_cast<std::uint64_t>(order.units);
    counters.oversold_units += static_cast<std::uint64_t>(order.oversold);
    if (order.oversold > 0) ++counters.oversold_orders;
    if (order.oversold > 0 && world_.importance != nullptr) world_.importance->oversold_order(order.channel);
    StepCounts& step = world_.recorder->step();
    ++step.orders;
    step.oversold += static_cast<std::uint32_t>(order.oversold);
    world_.recorder->order_from(order.place);
}

// Why the piece, of which nothing is there, could be sold.
void Orders::charge(Piece& piece, const Promise& promise, std::span<const core::OrderLine> lines) {
    const bool reserved = piece.node != kNowhere;
    OversoldLine of;
    of.channel = promise.channel;
    of.sku = piece.sku;
    of.nodes = promise_nodes(promise.channel, promise.method, promise.store);
    of.decided = promise.decided;
    of.reserved = reserved;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].sku != piece.sku) continue;
        of.asked += lines[i].quantity;
        if (!promise.there_when_checked.empty()) of.there_when_checked = promise.there_when_checked[i];
        if (!promise.lowered.empty() && promise.lowered[i] != kNowhere) of.lowered += lines[i].quantity;
    }
    of.lowered += reserved_units(orders_[piece.order], piece.sku);
    piece.cause = world_.causes->oversold(of, piece.units);
    piece.charged = true;
    if (world_.log != nullptr) world_.log->oversold(piece.sku, piece.units, piece.cause);
    world_.recorder->of(promise.channel).oversold_by(piece.cause) += static_cast<std::uint64_t>(piece.units);
    world_.recorder->skus.oversold(piece.sku, promise.channel, piece.cause, piece.units);
}

// Of the order, at the nodes where the core allocated them.
Quantity Orders::reserved_units(const Order& order, Sku sku) const {
    Quantity units = 0;
    for (std::uint32_t i = order.first_piece; i != kNone; i = pieces_[i].next)
        if (pieces_[i].sku == sku && pieces_[i].node != kNowhere) units += pieces_[i].units;
    return units;
}

void Orders::judge(std::uint32_t index, const Promise& promise, std::span<const core::OrderLine> lines) {
    Order& order = orders_[index];
    Counters& counters = world_.recorder->of(order.channel);
    for (std::uint32_t i = order.first_piece; i != kNone; i = pieces_[i].next) {
        Piece& piece = pieces_[i];
        piece.accepted_unbacked = world_.judges && piece.backing == kNowhere;
        const Quantity oversold = piece.accepted_unbacked ? piece.units : 0;
        if (piece.accepted_unbacked) charge(piece, promise, lines);
        order.oversold += oversold;
        const Money price = world_.scenario.catalogue.skus[piece.sku.value].price;
        counters.oversold_value += price * oversold;
        world_.recorder->skus.sold(piece.sku, piece.units);
        if (oversold > 0 && world_.importance != nullptr) world_.importance->oversold(order.channel, piece.sku, oversold);
        counters.revenue += price * piece.units;
        world_.costs->book(CostTerm::commission, order.channel, commission(order.channel, price * piece.units));
        if (world_.probe != nullptr) world_.probe->accepted(world_.now, order.channel, piece.sku, piece.units, oversold);
        if (world_.probe != nullptr) world_.probe->line_accepted(order.id, piece.sku, piece.units, oversold);
    }
    count_accepted(order);
    world_.fingerprint.fold(order.id ^ (static_cast<std::uint64_t>(order.oversold) << 48U));
}

// --- operations report ---

void Orders::picked(std::uint32_t index) {
    Piece& piece = pieces_[index];
    world_.truth.take_from_shelf(piece.node, piece.sku, piece.units);
    if (world_.log != nullptr) world_.log->moved_for(piece.order, model::MOVE_PICKED, piece.node, piece.sku, piece.units);
    world_.truth.cell(piece.node, piece.sku).in_fulfilment += piece.units;
    world_.walk_ins->picked_for_order(piece.node, piece.sku, piece.units);
    backing_.withdraw(index);
    const Quantity on_record = world_.core->ledger().cell(piece.node, piece.sku).on_hand;
    world_.core->pick(OrderId(orders_[piece.order].id), {piece.node, piece.sku, piece.units});
    if (world_.core->ledger().cell(piece.node, piece.sku).on_hand != on_record)  // it was there, and not on record
        world_.record_error->settle(piece.node, piece.sku);
    piece.state = PieceState::picked;
}

void Orders::parcel_left(std::uint32_t index, std::span<const std::uint32_t> pieces, PieceState how) {
    Order& order = orders_[index];
    Counters& counters = world_.recorder->of(order.channel);
    const NodeId sender = leaves_from(pieces_[pieces.front()]);
    if (how == PieceState::shipped) {
        ++counters.parcels;
        const std::uint32_t km = world_.core->network().km[order.place][sender.value];
        counters.parcel_km += km;
        ++world_.operations->figures(sender).sent;
        world_.operations->figures(sender).sent_km += km;
        if (!order.any_sent) ++counters.orders_with_parcels;
        order.any_sent = true;
    }
    world_.recorder->network.parcel_left(order, sender, how);
    ++order.parcels_left;
    order.several_senders |= order.first_sender != kNowhere && order.first_sender != sender;
    order.first_sender = sender;
    for (const std::uint32_t i : pieces) {
        Piece& piece = pieces_[i];
        const auto units = static_cast<std::uint64_t>(piece.units);
        if (piece.moved) {
            world_.recorder->stock_gathered -= units;
        } else {
            world_.core->ship(OrderId(order.id), {piece.node, piece.sku, piece.units});
            world_.truth.cell(piece.node, piece.sku).in_fulfilment -= piece.units;
            world_.supply->unit_left(piece.node, piece.sku, piece.units);
        }
        piece.state = how;
        (how == PieceState::shipped ? counters.shipped_units : counters.handed_over_units) += units;
        if (piece.accepted_unbacked || piece.displaced) counters.rescued_units += units;
        if (world_.log != nullptr && (piece.accepted_unbacked || piece.displaced)) world_.log->fate(model::FATE_LEFT, piece);
        world_.recorder->stock_left += units;
        --order.open_pieces;
        open_units_ -= units;
    }
    if (world_.design.bookkeeping.split == model::Bookkeeping::Split::first_parcel_closes) close(index);
}

// Others of its parcel have left the same node before it: they are one part of the parcel, whichever trucks they take.
bool Orders::part_has_moved(const Piece& piece) const {
    for (std::uint32_t i = orders_[piece.order].first_piece; i != kNone; i = pieces_[i].next)
        if (pieces_[i].moved && pieces_[i].parcel == piece.parcel && pieces_[i].node == piece.node) return true;
    return false;
}

void Orders::piece_moves(std::uint32_t index) {
    Piece& piece = pieces_[index];
    if (!part_has_moved(piece)) world_.recorder->network.part_leaves(piece.node, leaves_from(piece));
    piece.moved = true;
    world_.core->ship(OrderId(orders_[piece.order].id), {piece.node, piece.sku, piece.units});
    world_.truth.cell(piece.node, piece.sku).in_fulfilment -= piece.units;
    world_.recorder->stock_in_transit += static_cast<std::uint64_t>(piece.units);
    world_.supply->unit_left(piece.node, piece.sku, piece.units);
}

void Orders::piece_gathered(std::uint32_t index) {
    const Piece& piece = pieces_[index];
    world_.recorder->stock_in_transit -= static_cast<std::uint64_t>(piece.units);
    world_.recorder->stock_gathered += static_cast<std::uint64_t>(piece.units);
    world_.operations->piece_there(index);
}

void Orders::parcel_ready(std::uint32_t index) {
    Order& order = orders_[index];
    order.last_ready = world_.now;
    Counters& counters = world_.recorder->of(order.channel);
    counters.to_ready.add(world_.now - order.accepted);
}

void Orders::parcel_done(std::uint32_t index, SimTime ready_at) {
    Order& order = orders_[index];
    --order.open_parcels;
    order.last_ready = std::max(order.last_ready, ready_at);
    end_if_over(index);
}

SimTime Orders::due(const Order& order) const {
    const model::Run& run = world_.scenario.run;
    if (order.brought && world_.design.pickup_transfer_promise.us >= 0)
        return order.accepted + world_.design.pickup_transfer_promise;
    if (core::by_parcel(order.method) && !order.became_parcel) return order.accepted + run.promise;
    if (run.ready_counts == model::ReadyCounts::always || order.store == kNowhere) return order.accepted + run.ready_promise;
    const model::OpeningHours& hours = world_.scenario.network.nodes[order.store.value].hours;
    return hours.after_open(world_.local(order.accepted), run.ready_promise) - run.start_of_day;
}

void Orders::end_if_over(std::uint32_t index) {
    Order& order = orders_[index];
    if (order.ended || order.open_pieces > 0 || order.open_parcels > 0) return;
    order.ended = true;
    --open_;
    if (world_.log != nullptr) world_.log->fate(model::FATE_ENDED, index);
    Counters& counters = world_.recorder->of(order.channel);
    const bool nothing_left = order.cancelled == order.units;
    ++(nothing_left ? counters.orders_wholly_cancelled : counters.orders_completed);
    if (!nothing_left) world_.recorder->received(order.persona);
    if (order.method == core::Method::carry_out) return;
    if (!nothing_left) {
        counters.fulfilment.add(order.last_ready - order.accepted);
        if (core::by_parcel(order.method)) {
            counters.to_door.add(order.last_ready - order.accepted);
            ++counters.orders_sent;
            if (order.several_senders) ++counters.orders_split;
        }
    }
    if (!nothing_left) counters.of(order.promised).time.add(order.last_ready - order.accepted);
    if (!nothing_left) world_.recorder->time(order.promised, order.last_ready - order.accepted);
    if (order.taken_back == order.units) return;  // who wants nothing any more is promised nothing
    count_promise(order);
}

void Orders::count_promise(const Order& order) {
    Counters& counters = world_.recorder->of(order.channel);
    MethodCounts& method = counters.of(order.promised);
    ++counters.promises_due;
    ++method.due;
    if (!promise_kept(order)) return;
    ++counters.promises_kept;
    ++method.kept;
}

void Orders::undeliverable(std::uint32_t order, std::span<const std::uint32_t> pieces) {
    for (const std::uint32_t piece : pieces) orders_[order].undeliverable += pieces_[piece].units;
}

// Nothing was cancelled for want of stock or forgotten, and all was there in time; whether it was fetched or still wanted is the
// shopper's affair.
bool Orders::promise_kept(const Order& order) const {
    return order.cancelled == order.uncollected + order.taken_back && order.forgotten == 0 && order.undeliverable == 0 &&
           order.last_ready <= due(order);
}

// In the store and waiting to be fetched, whole.
bool Orders::ready(const Order& order) const {
    if (order.last_ready.us == 0 || core::by_parcel(order.method)) return false;
    for (std::uint32_t i = order.first_piece; i != kNone; i = pieces_[i].next)
        if (pieces_[i].state == PieceState::waiting || pieces_[i].state == PieceState::allocated) return false;
    return true;
}

void Orders::count_overdue() {
    for (const Order& order : orders_) {
        if (order.ended || due(order) > world_.now) continue;
        if (ready(order)) {
            count_promise(order);
        } else {
            Counters& counters = world_.recorder->of(order.channel);
            ++counters.promises_due;
            ++counters.of(order.promised).due;
        }
    }
}

}  // namespace lastunit::sim
