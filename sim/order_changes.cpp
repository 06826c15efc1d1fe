// Accepted orders that do not go as promised: booked twice, lost, sent from elsewhere, cancelled, taken back, forgotten.
#include <algorithm>

#include "sim/accuracy.hpp"
#include "sim/bookkeeping.hpp"
#include "sim/core_system.hpp"
#include "sim/costs.hpp"
#include "sim/event_log.hpp"
#include "sim/faults.hpp"
#include "sim/operations/operations.hpp"
#include "sim/operations/stock_figures.hpp"
#include "sim/probe.hpp"
#include "sim/record_error.hpp"
#include "sim/recorder.hpp"
#include "sim/walk_ins.hpp"

namespace lastunit::sim {

using model::Purpose;

// --- booked twice, or never ---

void Orders::booked_again(std::uint32_t index) {
    const Order& order = orders_[index];
    if (order.method != core::Method::carry_out) return;
    ++world_.recorder->of(order.channel).sales_booked_twice;
    for (std::uint32_t i = order.first_piece; i != kNone; i = pieces_[i].next) {
        const Sku booked = world_.accuracy->booked_as(i, pieces_[i].sku);
        world_.core->sell(order.store, booked, pieces_[i].units, order.channel);
        world_.causes->note(Mishap::booked_twice, order.store, booked, -pieces_[i].units);
        world_.record_error->settle(order.store, booked);
    }
}

// Off the record, not off the shelf: where the order is sent from, or where most is on record while no node is known.
void Orders::paid_again(std::uint32_t index) {
    if (!world_.faults->core_up()) {
        world_.queue.push(world_.faults->core_back(), EventKind::webhook, index);
        return;
    }
    const Order& order = orders_[index];
    const std::span<const NodeId> nodes = promise_nodes(order.channel, order.method, order.store);
    bool any = false;
    for (std::uint32_t i = order.first_piece; i != kNone; i = pieces_[i].next) {
        const Piece& piece = pieces_[i];
        if (piece.state == PieceState::cancelled) continue;
        NodeId node = piece.node == kNowhere && !nodes.empty() ? nodes.front() : piece.node;
        if (node == kNowhere) continue;
        if (piece.node == kNowhere)
            for (const NodeId other : nodes)
                if (world_.core->ledger().atp(other, piece.sku) > world_.core->ledger().atp(node, piece.sku)) node = other;
        world_.core->sell(node, piece.sku, piece.units, order.channel);
        world_.causes->note(Mishap::booked_twice, node, piece.sku, -piece.units);
        world_.record_error->settle(node, piece.sku);
        any = true;
    }
    if (any) ++world_.recorder->of(order.channel).sales_booked_twice;
}

void Orders::message_lost(std::uint32_t index) {
    Order& order = orders_[index];
    const bool at_till = order.method == core::Method::carry_out;
    for (std::uint32_t i = order.first_piece; i != kNone; i = pieces_[i].next) {
        if (!at_till && pieces_[i].state != PieceState::waiting) continue;  // it knows of these
        const Sku booked = world_.accuracy->booked_as(i, pieces_[i].sku);
        const NodeId left_from = at_till ? order.store : pieces_[i].backing;
        if (left_from != kNowhere) world_.causes->note(Mishap::lost_sale, left_from, booked, pieces_[i].units);
        if (at_till) world_.record_error->never_told(order.store, booked, pieces_[i].units);
        pieces_[i].unheard = true;
    }
    if (at_till) return;  // the record stays wrong
    if (world_.log != nullptr) world_.log->fate(model::FATE_MESSAGE_LOST, index);
    order.lost = true;  // nobody looks for it until the shopper complains
    ++world_.recorder->of(order.channel).never_allocated_orders;
    wait_or_cancel(index);
}

// --- from elsewhere ---

void Orders::pick_failed(std::uint32_t index, Quantity found, NotPicked why) {
    const std::uint32_t missing = found > 0 ? split(index, pieces_[index].units - found) : index;
    const std::uint32_t order = pieces_[missing].order;
    const core::Line line{pieces_[missing].node, pieces_[missing].sku, pieces_[missing].units};
    if (world_.log != nullptr) world_.log->fate(model::FATE_PICK_FAILED, pieces_[missing]);
    // Off the pick list first: the picker may find damage, which moves promises, and cuts pieces.
    pieces_[missing].node = pieces_[missing].gathered_at = kNowhere;
    pieces_[missing].parcel = kNone;
    pieces_[missing].state = PieceState::waiting;
    const PickReport report = release_after_failed_pick(world_, OrderId(orders_[order].id), line, why);
    Counters& counters = world_.recorder->of(orders_[order].channel);
    if (report.reason == PickReport::Reason::mismatch) ++counters.mismatched_picks;
    counters.damaged_units += static_cast<std::uint64_t>(report.units);
    if (why == NotPicked::absent && pieces_[missing].backing == line.node) backing_.withdraw(missing);
    exclude(order, line.node);
    backing_.uncharge(pieces_[missing]);
    goes_elsewhere(order);
}

void Orders::refused(std::uint32_t order, NodeId node, std::span<const std::uint32_t> pieces) {
    bool any = false;
    for (const std::uint32_t index : pieces) {
        Piece& piece = pieces_[index];
        if (piece.state != PieceState::allocated) continue;  // taken back meanwhile
        if (world_.log != nullptr) world_.log->fate(model::FATE_NODE_REFUSED, piece);
        release_to_go_elsewhere(world_, OrderId(orders_[order].id), {piece.node, piece.sku, piece.units});
        backing_.uncharge(piece);
        piece.node = piece.gathered_at = kNowhere;
        piece.parcel = kNone;
        piece.state = PieceState::waiting;
        any = true;
    }
    if (!any) return;
    exclude(order, node);
    goes_elsewhere(order);
}

void Orders::exclude(std::uint32_t index, NodeId node) {
    Order& order = orders_[index];
    NodeId& last = order.failed[order.reroutes % order.failed.size()];
    if (last != kNowhere) more_failed_[index].push_back(last);
    last = node;
    ++order.reroutes;
    std::uint64_t& most = world_.recorder->of(order.channel).most_reroutes;
    most = std::max<std::uint64_t>(most, order.reroutes);
}

void Orders::goes_elsewhere(std::uint32_t index) {
    Order& order = orders_[index];
    if (order.closed) {
        close(index);
        return;
    }
    if (world_.design.pickup_becomes_ship && !core::by_parcel(order.method)) {
        order.method = core::Method::ship;
        order.became_parcel = true;
    }
    if (order.reroutes <= world_.design.max_reroutes) {
        plan(index);
    } else {
        wait_or_cancel(index);
    }
}

// --- cancelled ---

// For want of stock, as far as the core knows.
void Orders::cancel_waiting(std::uint32_t index) {
    Order& order = orders_[index];
    const std::span<const NodeId> nodes = promise_nodes(order.channel, order.method, order.store);
    Counters& counters = world_.recorder->of(order.channel);
    for (std::uint32_t i = order.first_piece; i != kNone; i = pieces_[i].next) {
        const Piece& piece = pieces_[i];
        if (piece.state != PieceState::waiting) continue;
        if (piece.backing != kNowhere || world_.truth.atp(piece.sku, nodes) >= piece.units)
            counters.cancelled_with_stock_units += static_cast<std::uint64_t>(piece.units);
    }
    for (std::uint32_t i = order.first_piece; i != kNone; i = pieces_[i].next)
        if (pieces_[i].state == PieceState::waiting) cancel(i, Cancelled::no_stock);
    end_if_over(index);
}

// What is not yet planned would cost more to serve than to decline.
void Orders::decline(std::uint32_t index) {
    Counters& counters = world_.recorder->of(orders_[index].channel);
    ++counters.declined_orders;
    for (std::uint32_t i = orders_[index].first_piece; i != kNone; i = pieces_[i].next) {
        if (pieces_[i].state != PieceState::waiting) continue;
        counters.declined_units += static_cast<std::uint64_t>(pieces_[i].units);
        cancel(i, Cancelled::declined);
    }
    end_if_over(index);
}

// Nobody came: the units go back to the shelf, and the order ends as if it had never been.
void Orders::uncollected(std::uint32_t index, std::span<const std::uint32_t> pieces) {
    for (const std::uint32_t i : pieces) {
        const Piece& piece = pieces_[i];
        const core::Line line{piece.node, piece.sku, piece.units};
        const NodeId here = leaves_from(piece);
        if (piece.moved) {
            world_.recorder->stock_gathered -= static_cast<std::uint64_t>(piece.units);
        } else {
            world_.truth.cell(here, piece.sku).in_fulfilment -= piece.units;
        }
        world_.truth.put_on_shelf(here, piece.sku, piece.units);
        if (world_.log != nullptr) world_.log->moved_for(index, model::MOVE_UNCOLLECTED, here, piece.sku, piece.units);
        if (piece.moved) {  // it came for the order, and stays as stock; no delivery that somebody waits for has come
            world_.core->take_return(here, piece.sku, piece.units);
            world_.stock_figures->arrived(here, piece.sku, piece.units);
        } else {
            release(index, {&line, 1});
            world_.walk_ins->put_back(here, piece.sku, piece.units);
        }
        world_.recorder->of(orders_[index].channel).uncollected_units += static_cast<std::uint64_t>(piece.units);
        cancel(i, Cancelled::uncollected);
    }
    --orders_[index].open_parcels;
    end_if_over(index);
}

void Orders::decide_take_back(const Order& order, std::uint32_t index) {
    const model::Persona* persona = world_.persona(order.persona);
    if (persona == nullptr || persona->cancels <= 0) return;
    if (world_.uniform(Purpose::cancelling, order.id) >= persona->cancels) return;
    world_.after(world_.draw(persona->cancels_after, Purpose::cancelling, order.id, 1), EventKind::take_back, index);
}

void Orders::take_back(std::uint32_t index) {
    if (!world_.faults->core_up()) {
        world_.queue.push(world_.faults->core_back(), EventKind::take_back, index);
        return;
    }
    Order& order = orders_[index];
    lines_.clear();
    for (std::uint32_t i = order.first_piece; i != kNone; i = pieces_[i].next) {
        const Piece& piece = pieces_[i];
        if (piece.state == PieceState::shipped || piece.state == PieceState::handed_over) return;
        if (piece.state == PieceState::allocated) lines_.push_back({piece.node, piece.sku, piece.units});
    }
    release(index, lines_);
    Counters& counters = world_.recorder->of(order.channel);
    for (std::uint32_t i = order.first_piece; i != kNone; i = pieces_[i].next) {
        const Piece& piece = pieces_[i];
        if (piece.state != PieceState::waiting && piece.state != PieceState::allocated) continue;
        counters.taken_back_units += static_cast<std::uint64_t>(piece.units);
        cancel(i, Cancelled::taken_back);
    }
    end_if_over(index);
}

void Orders::release(std::uint32_t index, std::span<const core::Line> lines) {
    const std::span<const NodeId> todays = shipping_nodes_[orders_[index].channel.value];
    release_cancelled(world_, OrderId(orders_[index].id), lines, todays.empty() ? kNowhere : todays.front());
}

model::OrderFate Orders::fate_of(Cancelled why) {
    switch (why) {
        case Cancelled::no_stock:
            return model::FATE_CANCELLED;
        case Cancelled::declined:
            return model::FATE_DECLINED;
        case Cancelled::uncollected:
            return model::FATE_UNCOLLECTED;
        case Cancelled::taken_back:
            return model::FATE_TAKEN_BACK;
    }
    return model::FATE_CANCELLED;
}

void Orders::cancel(std::uint32_t index, Cancelled why) {
    settle_piece(index, PieceState::cancelled);
    Piece& piece = pieces_[index];
    Order& order = orders_[piece.order];
    if (world_.log != nullptr) world_.log->fate(fate_of(why), piece);
    backing_.uncharge(piece);
    order.cancelled += piece.units;
    if (why == Cancelled::uncollected) order.uncollected += piece.units;
    if (why == Cancelled::taken_back) order.taken_back += piece.units;
    Counters& counters = world_.recorder->of(order.channel);
    counters.cancelled_units += static_cast<std::uint64_t>(piece.units);
    if (world_.probe != nullptr) world_.probe->cancelled(world_.now, order.channel, piece.sku, piece.units);
    const Money value = world_.scenario.catalogue.skus[piece.sku.value].price * piece.units;
    counters.revenue -= value;
    world_.costs->book(CostTerm::commission, order.channel, -commission(order.channel, value));
    world_.recorder->step().cancelled += static_cast<std::uint32_t>(piece.units);
    const bool by_retailer = why == Cancelled::no_stock || why == Cancelled::declined;
    if (by_retailer && order.cancelled - order.uncollected - order.taken_back == piece.units) {
        ++counters.cancelled_orders;
        world_.costs->book(CostTerm::cancellation, order.channel, world_.scenario.costs.cancellation);
    }
    world_.fingerprint.fold(order.id + 1);
}

// --- forgotten ---

// Its first parcel has left: what still waits is never looked at again.
void Orders::close(std::uint32_t index) {
    orders_[index].closed = true;
    for (std::uint32_t i = orders_[index].first_piece; i != kNone; i = pieces_[i].next)
        if (pieces_[i].state == PieceState::waiting) forget(i);
}

void Orders::forget(std::uint32_t index) {
    settle_piece(index, PieceState::forgotten);
    const Piece& piece = pieces_[index];
    if (world_.log != nullptr) world_.log->fate(model::FATE_FORGOTTEN, piece);
    orders_[piece.order].forgotten += piece.units;
    world_.recorder->of(orders_[piece.order].channel).forgotten_units += static_cast<std::uint64_t>(piece.units);
}

// Nothing more will happen to the piece.
void Orders::settle_piece(std::uint32_t index, PieceState end) {
    Piece& piece = pieces_[index];
    backing_.withdraw(index);
    forget_lowered(index);
    settle_counter(index, Settled::ended);
    piece.state = end;
    --orders_[piece.order].open_pieces;
    open_units_ -= static_cast<std::uint64_t>(piece.units);
}

}  // namespace lastunit::sim
