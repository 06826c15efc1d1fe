// Accepted orders of which the core has heard: from which nodes they are sent, allocated there, tried again or cancelled.
#include <algorithm>

#include "core/assert.hpp"
#include "model/routing.hpp"
#include "sim/accuracy.hpp"
#include "sim/commits.hpp"
#include "sim/core_system.hpp"
#include "sim/edges.hpp"
#include "sim/event_log.hpp"
#include "sim/faults.hpp"
#include "sim/live.hpp"
#include "sim/operations/operations.hpp"
#include "sim/orders.hpp"
#include "sim/record_error.hpp"

namespace lastunit::sim {

void Orders::reaches_core(std::uint32_t index) {
    if (orders_[index].method != core::Method::carry_out) {
        plan(index);
        return;
    }
    const NodeId store = orders_[index].store;
    for (std::uint32_t i = orders_[index].first_piece; i != kNone; i = pieces_[i].next) {
        const Sku booked = world_.accuracy->booked_as(i, pieces_[i].sku);
        if (world_.edges->deducts(orders_[index].channel))
            world_.edges->acknowledge(orders_[index].channel, store, booked, pieces_[i].units);
        world_.core->sell(store, booked, pieces_[i].units, orders_[index].channel);
        world_.record_error->told(store, booked, pieces_[i].units);
    }
}

// What the core has to say to the order has to wait until it is back.
bool Orders::waits_for_core(std::uint32_t index) {
    if (world_.faults->core_up()) return false;
    if (!orders_[index].retry_pending) world_.queue.push(world_.faults->core_back(), EventKind::order, index);
    orders_[index].retry_pending = true;
    return true;
}

void Orders::try_again(std::uint32_t index) {
    Order& order = orders_[index];
    order.retry_pending = false;
    if (order.ended) return;
    if (!order.lost && order.reroutes <= world_.design.max_reroutes) {
        plan(index);
    } else {
        wait_or_cancel(index);
    }
}

// All waiting pieces together, or else each line alone: what can be sent is sent.
void Orders::plan(std::uint32_t index) {
    waiting_.clear();
    for (std::uint32_t i = orders_[index].first_piece; i != kNone; i = pieces_[i].next)
        if (pieces_[i].state == PieceState::waiting) waiting_.push_back(i);
    if (waiting_.empty() || waits_for_core(index)) return;
    if (!plan_pieces(index, waiting_)) {
        if (plan_.outcome == core::PlanOutcome::declined) {
            decline(index);
            return;
        }
        plan_each_sku(index);
    }
    hand_to_operations(index);
    wait_or_cancel(index);
}

// What can be sent goes, SKU by SKU: never in the portions in which the truth happens to stand behind it.
void Orders::plan_each_sku(std::uint32_t index) {
    std::vector<std::uint32_t> pieces = waiting_;
    std::stable_sort(pieces.begin(), pieces.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return pieces_[a].sku < pieces_[b].sku; });
    if (pieces_[pieces.front()].sku == pieces_[pieces.back()].sku) return;  // has just been refused
    for (std::size_t from = 0, to = 0; from < pieces.size(); from = to) {
        while (to < pieces.size() && pieces_[pieces[to]].sku == pieces_[pieces[from]].sku) ++to;
        plan_pieces(index, std::span(pieces).subspan(from, to - from));
    }
}

// Nodes that have a part of the order already: `max_split` counts them too.
void Orders::collect_senders(std::uint32_t index) {
    senders_.clear();
    for (std::uint32_t i = orders_[index].first_piece; i != kNone; i = pieces_[i].next) {
        const Piece& piece = pieces_[i];
        const bool elsewhere =
            piece.state == PieceState::waiting || piece.state == PieceState::cancelled || piece.node == kNowhere;
        if (!elsewhere && std::find(senders_.begin(), senders_.end(), leaves_from(piece)) == senders_.end())
            senders_.push_back(leaves_from(piece));
    }
}

core::RouteRequest Orders::request_for(ChannelId channel, core::Method method, std::uint16_t place, NodeId store) const {
    return model::route_request(world_.scenario, world_.design, channel, method, ZoneId(place), store);
}

// What routing is asked for these pieces. Its spans live until the next call.
core::RouteRequest Orders::request_for(std::uint32_t index, std::span<const std::uint32_t> pieces) {
    const Order& order = orders_[index];
    request_lines_.clear();
    for (const std::uint32_t i : pieces) request_lines_.push_back({pieces_[i].sku, pieces_[i].units});
    excluded_.clear();
    for (const NodeId node : order.failed)
        if (node != kNowhere) excluded_.push_back(node);
    if (order.reroutes > order.failed.size())
        if (const auto more = more_failed_.find(index); more != more_failed_.end())
            excluded_.insert(excluded_.end(), more->second.begin(), more->second.end());
    core::RouteRequest request = request_for(order.channel, order.method, order.place, order.store);
    request.lines = request_lines_;
    request.excluded = excluded_;
    request.promise = std::max(Duration{0}, due(order) - world_.now);
    request.reroutes = order.reroutes;
    // Nobody brings anything to people who do not hand it over.
    if (order.store_refused && core::waits_in_store(order.method)) request.only = {&order.store, 1};
    return request;
}

bool Orders::plan_pieces(std::uint32_t index, std::span<const std::uint32_t> pieces) {
    const Order& order = orders_[index];
    core::RouteRequest request = request_for(index, pieces);
    collect_senders(index);
    if (!senders_.empty() && core::by_parcel(order.method)) {
        // From where the order is sent anyway, if that has it; else from as many others as the split limit leaves.
        const auto left =
            request.max_nodes > senders_.size() ? request.max_nodes - static_cast<std::uint32_t>(senders_.size()) : 0;
        const std::span<const NodeId> allowed = request.only;
        request.only = senders_;
        world_.core->plan(request, plan_);
        if (plan_.outcome != core::PlanOutcome::planned && left > 0) {
            request.only = allowed;
            request.max_nodes = left;
            world_.core->plan(request, plan_);
        }
    } else if (order.reroutes == 0) {
        world_.core->plan_first(request, order.id, plan_);
    } else {
        world_.core->plan(request, plan_);
    }
    if (plan_.outcome != core::PlanOutcome::planned) return false;
    allocate_planned(index, pieces);
    return true;
}

void Orders::allocate_planned(std::uint32_t index, std::span<const std::uint32_t> pieces) {
    lines_.clear();
    for (const core::PlanLine& line : plan_.lines) lines_.push_back({line.node, request_lines_[line.line].sku, line.quantity});
    for (const core::PlanLine& line : plan_.lines)
        if (const Piece& piece = pieces_[pieces[line.line]]; piece.lowered == line.node)
            world_.edges->acknowledge(orders_[index].channel, line.node, piece.sku, line.quantity);
    const core::Outcome outcome = world_.core->allocate(OrderId(orders_[index].id), orders_[index].channel, lines_);
    LASTUNIT_ASSERT(outcome == core::Outcome::applied, core::name_of(outcome));
    std::uint32_t question = kNone;
    if (world_.live != nullptr)
        question = world_.live->allocate(index, {.kind = core::CommandKind::allocate,
                                                 .channel = orders_[index].channel,
                                                 .order = orders_[index].id,
                                                 .lines = lines_});
    // A piece may be served by several plan lines: each takes its units off what is left of the piece.
    for (const core::PlanLine& line : plan_.lines) {
        std::uint32_t piece = pieces[line.line];
        if (line.quantity < pieces_[piece].units) piece = split(piece, line.quantity);
        pieces_[piece].node = line.node;
        pieces_[piece].state = PieceState::allocated;
        pieces_[piece].question = question;
        if (plan_.choice == core::SplitChoice::wait_for_transfer) pieces_[piece].gathered_at = plan_.gathered_at;
        note_pickup_from_elsewhere(index, pieces_[piece]);
        if (world_.judges) backing_.move(piece, line.node);
        if (pieces_[piece].lowered == line.node) pieces_[piece].lowered = kNowhere;  // its change of ATP tells the view
        forget_lowered(piece);
        settle_counter(piece, Settled::allocated);
    }
}

void Orders::allocated(std::uint32_t index, std::uint32_t question) {
    for (std::uint32_t i = orders_[index].first_piece; i != kNone; i = pieces_[i].next)
        if (pieces_[i].question == question) pieces_[i].question = kNone;
    hand_to_operations(index);
}

void Orders::not_allocated(std::uint32_t index, std::uint32_t question) {
    std::vector<core::Line> back;
    for (std::uint32_t i = orders_[index].first_piece; i != kNone; i = pieces_[i].next) {
        Piece& piece = pieces_[i];
        if (piece.question != question) continue;
        piece.question = kNone;
        if (piece.state != PieceState::allocated) continue;  // taken back meanwhile
        back.push_back({piece.node, piece.sku, piece.units});
        backing_.uncharge(piece);
        piece.node = piece.gathered_at = kNowhere;
        piece.state = PieceState::waiting;
    }
    if (back.empty()) return;
    world_.core->copy_deallocate(OrderId(orders_[index].id), back);
    for (std::size_t i = 0; i < back.size(); ++i)
        if (std::none_of(back.begin(), back.begin() + static_cast<std::ptrdiff_t>(i),
                         [&](const core::Line& line) { return line.node == back[i].node; }))
            exclude(index, back[i].node);
    goes_elsewhere(index);
}

// What a pick-up order gets from another node is brought to its store. The promise counts for what was promised, not for what a
// failed pick made of it.
void Orders::note_pickup_from_elsewhere(std::uint32_t index, Piece& piece) {
    Order& order = orders_[index];
    if (!core::waits_in_store(order.method) || piece.node == kNowhere || piece.node == order.store) return;
    piece.gathered_at = order.store;
    if (order.reroutes == 0) order.brought = true;
}

void Orders::settle_counter(std::uint32_t index, Settled how) {
    Piece& piece = pieces_[index];
    if (piece.counter == kNoCounter) return;
    world_.commits->settled(orders_[piece.order].channel, piece.counter, piece.sku, piece.units, how);
    piece.counter = kNoCounter;
}

void Orders::forget_lowered(std::uint32_t index) {
    Piece& piece = pieces_[index];
    if (piece.lowered == kNowhere) return;
    world_.edges->correct(orders_[piece.order].channel, piece.lowered, piece.sku, piece.units);
    piece.lowered = kNowhere;
}

namespace {
bool to_hand_over(const Piece& piece) {
    return piece.state == PieceState::allocated && piece.parcel == kNone && piece.question == kNone;
}
}  // namespace

// One parcel per node for what has just been allocated; what is gathered at one node is one parcel there, wherever it is picked.
void Orders::hand_to_operations(std::uint32_t index) {
    for (std::uint32_t i = orders_[index].first_piece; i != kNone; i = pieces_[i].next) {
        if (!to_hand_over(pieces_[i])) continue;
        const NodeId leaves = leaves_from(pieces_[i]);
        const std::uint32_t parcel = world_.operations->open_parcel(index, leaves);
        ++orders_[index].open_parcels;
        for (std::uint32_t j = i; j != kNone; j = pieces_[j].next)
            if (to_hand_over(pieces_[j]) && leaves_from(pieces_[j]) == leaves) {
                pieces_[j].parcel = parcel;
                world_.operations->add(parcel, j);
            }
        world_.operations->begin(parcel);
    }
}

void Orders::wait_or_cancel(std::uint32_t index) {
    Order& order = orders_[index];
    bool waiting = false;
    for (std::uint32_t i = order.first_piece; i != kNone; i = pieces_[i].next) waiting |= pieces_[i].state == PieceState::waiting;
    if (!waiting || order.retry_pending) return;
    const SimTime give_up = order.accepted + world_.design.cancel_after;
    SimTime next = world_.design.retry_every.us > 0 ? std::min(give_up, world_.now + world_.design.retry_every) : give_up;
    if (order.lost) next = give_up;
    if (order.reroutes > world_.design.max_reroutes) next = world_.now;
    if (next <= world_.now) {
        cancel_waiting(index);
        return;
    }
    order.retry_pending = true;
    if (world_.log != nullptr && !order.lost) world_.log->fate(model::FATE_NO_NODE, index);
    world_.queue.push(next, EventKind::order, index);
}

}  // namespace lastunit::sim
