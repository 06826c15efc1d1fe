// Orders that are allocated and wait for a picker are planned anew, each with its own units given back: stock that has come,
// prices that have moved or parcels that could go together may make another plan cheaper. All are asked what they would save,
// then those that save most move first, as long as what they were asked for still stands: two may want the same unit. Xu, Allgor
// & Graves, "Benefits of reevaluating real-time order fulfillment decisions", M&SOM 11(2), 2009, search larger neighbourhoods;
// this is the smallest, one order at a time.
#include <algorithm>

#include "sim/core_system.hpp"
#include "sim/faults.hpp"
#include "sim/operations/operations.hpp"
#include "sim/orders.hpp"
#include "sim/recorder.hpp"

namespace lastunit::sim {

void Orders::start_reoptimising() {
    if (world_.design.reoptimise_every.us > 0) world_.after(world_.design.reoptimise_every, EventKind::reoptimise, 0);
}

void Orders::reoptimise() {
    world_.after(world_.design.reoptimise_every, EventKind::reoptimise, 0);
    if (!world_.faults->core_up()) return;
    const auto all = static_cast<std::uint32_t>(orders_.size());
    while (first_open_ < all && orders_[first_open_].ended) ++first_open_;
    std::vector<std::pair<Money, std::uint32_t>> best;  // negative saving, order: the older of two that save the same goes first
    const Money least = std::max<Money>(world_.design.reoptimise_gain, 1);
    for (std::uint32_t index = first_open_; index < all; ++index) {
        if (!movable(index)) continue;
        const Money saves = ask_anew(index);
        if (saves >= least) best.emplace_back(-saves, index);
    }
    std::sort(best.begin(), best.end());
    for (const auto& [saves, index] : best)
        if (movable(index) && ask_anew(index) >= least) move_as_planned(index);
}

// All of it is allocated, and nobody has touched any of it. What waits in a store has only that store; what is gathered at one
// node was weighed against parcels by the split policy.
bool Orders::movable(std::uint32_t index) const {
    const Order& order = orders_[index];
    if (order.ended || order.closed || !core::by_parcel(order.method)) return false;
    bool any = false;
    for (std::uint32_t i = order.first_piece; i != kNone; i = pieces_[i].next) {
        if (pieces_[i].state == PieceState::cancelled) continue;
        if (pieces_[i].state != PieceState::allocated || pieces_[i].parcel == kNone) return false;
        if (pieces_[i].gathered_at != kNowhere) return false;
        if (!world_.operations->untouched(pieces_[i].parcel)) return false;
        any = true;
    }
    return any;
}

// What it would save; plan_, waiting_ and lines_ say how.
Money Orders::ask_anew(std::uint32_t index) {
    waiting_.clear();
    lines_.clear();
    for (std::uint32_t i = orders_[index].first_piece; i != kNone; i = pieces_[i].next) {
        if (pieces_[i].state != PieceState::allocated) continue;
        waiting_.push_back(i);
        lines_.push_back({pieces_[i].node, pieces_[i].sku, pieces_[i].units});
    }
    core::RouteRequest request = request_for(index, waiting_);
    request.split = nullptr;  // the order is promised, as parcels
    return world_.core->saving(OrderId(orders_[index].id), lines_, request, plan_);
}

void Orders::move_as_planned(std::uint32_t index) {
    world_.core->deallocate(OrderId(orders_[index].id), lines_);
    withdraw_untouched(index, waiting_);
    allocate_planned(index, waiting_);
    hand_to_operations(index);
    ++world_.recorder->of(orders_[index].channel).reoptimised_orders;
    world_.fingerprint.fold(orders_[index].id + 2);
}

// Allocated no more, and waiting for a plan.
void Orders::withdraw_untouched(std::uint32_t index, std::span<const std::uint32_t> pieces) {
    for (const std::uint32_t i : pieces) {
        Piece& piece = pieces_[i];
        if (piece.parcel != kNone && world_.operations->untouched(piece.parcel)) {
            const std::uint32_t parcel = piece.parcel;
            world_.operations->withdraw(parcel);
            --orders_[index].open_parcels;
            for (const std::uint32_t other : pieces)
                if (pieces_[other].parcel == parcel) pieces_[other].parcel = kNone;
        }
        backing_.uncharge(piece);
        piece.node = kNowhere;
        piece.state = PieceState::waiting;
    }
}

}  // namespace lastunit::sim
