#include "sim/operations/operations.hpp"

#include <algorithm>

#include "sim/accuracy.hpp"
#include "sim/core_system.hpp"
#include "sim/costs.hpp"
#include "sim/operations/carriage.hpp"
#include "sim/operations/returns.hpp"
#include "sim/operations/stations.hpp"
#include "sim/operations/teams.hpp"
#include "sim/operations/transfers.hpp"
#include "sim/operations/visit.hpp"
#include "sim/recorder.hpp"

namespace lastunit::sim {

using core::Method;
using model::Purpose;

Operations::Operations(World& world) : world_(world), figures_(world.scenario.network.nodes.size()) {}

std::uint32_t Operations::open_parcel(std::uint32_t order, NodeId node) {
    const std::uint32_t index = parcels_.take();
    Parcel& parcel = parcels_[index];
    parcel.order = order;
    parcel.node = node;
    parcel.begun = world_.now;
    parcel.method = world_.orders->order(order).method;
    parcel.refused = false;
    parcel.carrier = kNoCarrier;
    parcel.tries = 0;
    parcel.at = kNowhere;
    parcel.touched = false;
    parcel.unpicked = 0;
    parcel.pieces.clear();
    return index;
}

void Operations::add(std::uint32_t parcel, std::uint32_t piece) {
    parcels_[parcel].pieces.push_back(piece);
    ++parcels_[parcel].unpicked;
}

void Operations::begin(std::uint32_t index) {
    const Parcel& parcel = parcels_[index];
    NodeFigures& figures = figures_[parcel.node.value];
    if (refuses(parcel)) {
        parcels_[index].refused = true;
        const model::Node& node = world_.scenario.network.nodes[parcel.node.value];
        const Duration time = world_.draw(node.refusal_time, Purpose::store_answer, world_.orders->order(parcel.order).id,
                                          2U * parcel.node.value + 1);
        world_.stations->start(Work::refuse, parcel.node, index, time);
        return;
    }
    if (world_.probe != nullptr)
        world_.probe->request_answered(world_.now, world_.orders->order(parcel.order).id, parcel.node, Answer::accepts);
    ++figures.parcels;
    bool gathered = false;
    for (const std::uint32_t index_of_piece : parcel.pieces) {
        const Piece& piece = world_.orders->piece(index_of_piece);
        if (world_.orders->count_at_node(index_of_piece))
            figures_[piece.node.value].oversold += static_cast<std::uint64_t>(piece.units);
        gathered |= piece.node != parcel.node;
        world_.stations->enqueue(StationKind::pick, piece.node, index_of_piece);
    }
    if (gathered) world_.transfers->count_gathered();
}

void Operations::join(std::uint32_t index, std::uint32_t piece) {
    add(index, piece);
    if (!parcels_[index].refused) world_.stations->enqueue(StationKind::pick, world_.orders->piece(piece).node, piece);
}

bool Operations::untouched(std::uint32_t index) const {
    const Parcel& parcel = parcels_[index];
    return !parcel.refused && !parcel.touched && parcel.unpicked == parcel.pieces.size();
}

void Operations::withdraw(std::uint32_t index) {
    const NodeId node = parcels_[index].node;
    world_.stations->withdraw(node, index);
    --figures_[node.value].parcels;
    parcels_.give_back(index);
}

// Its people look at the request and say no, for reasons of their own.
bool Operations::refuses(const Parcel& parcel) const {
    const double accepts = world_.scenario.network.nodes[parcel.node.value].accepts;
    return accepts < 1 &&
           world_.uniform(Purpose::store_answer, world_.orders->order(parcel.order).id, 2U * parcel.node.value) >= accepts;
}

void Operations::refused(std::uint32_t index) {
    const std::uint32_t order = parcels_[index].order;
    const NodeId node = parcels_[index].node;
    if (world_.probe != nullptr)
        world_.probe->request_answered(world_.now, world_.orders->order(order).id, node, Answer::refuses);
    // The order may open other parcels while it is told.
    std::vector<std::uint32_t> pieces;
    pieces.swap(parcels_[index].pieces);
    parcels_.give_back(index);
    world_.orders->refused(order, node, pieces);
    world_.orders->parcel_done(order, SimTime{0});
}

// --- a parcel's way ---

void Operations::pick_over(std::uint32_t index) {
    const Piece piece = world_.orders->piece(index);
    if (piece.state != PieceState::allocated) {
        leave_out(index);
        return;
    }
    const std::uint32_t parcel = piece.parcel;
    const Order& order = world_.orders->order(piece.order);
    Quantity found = std::min(piece.units, world_.truth.cell(piece.node, piece.sku).shelf);
    NotPicked why = NotPicked::absent;
    if (found > 0 && world_.design.bookkeeping.pick_needs == model::Bookkeeping::PickNeeds::atp_left &&
        world_.core->ledger().atp(piece.node, piece.sku) == 0) {
        found = 0;
        why = NotPicked::not_available;
    } else if (found > 0 && world_.accuracy->overlooks(order.id, piece.node, piece.sku)) {
        found = 0;
        why = NotPicked::overlooked;
    }
    if (world_.probe != nullptr) world_.probe->line_picked(world_.now, piece.node, piece.sku, piece.units, found);
    if (found < piece.units) {
        ++figures_[piece.node.value].failed_picks;
        ++world_.recorder->of(order.channel).failed_picks;
        if (found == 0) std::erase(parcels_[parcel].pieces, index);
        world_.orders->pick_failed(index, found, why);
    }
    if (found > 0) world_.orders->picked(index);
    if (found > 0 && leaves_from(piece) != piece.node) {
        world_.transfers->send_piece(index);
    } else {
        piece_settled(parcel);
    }
}

void Operations::piece_there(std::uint32_t piece) { piece_settled(world_.orders->piece(piece).parcel); }

void Operations::leave_out(std::uint32_t piece) {
    const std::uint32_t parcel = world_.orders->piece(piece).parcel;
    std::erase(parcels_[parcel].pieces, piece);
    piece_settled(parcel);
}

// Packing begins when the last piece has been picked; a parcel of which nothing was found is no parcel.
void Operations::piece_settled(std::uint32_t index) {
    Parcel& parcel = parcels_[index];
    if (--parcel.unpicked > 0) return;
    if (!parcel.pieces.empty()) {
        world_.stations->enqueue(StationKind::pack, parcel.node, index);
        return;
    }
    const std::uint32_t order = parcel.order;
    parcels_.give_back(index);
    world_.orders->parcel_done(order, SimTime{0});
}

void Operations::packed(std::uint32_t index) {
    const Parcel& parcel = parcels_[index];
    add_costs(parcel);
    if (core::by_parcel(parcel.method)) {
        world_.stations->enqueue(StationKind::dispatch, parcel.node, index);
    } else {
        ready(index);
    }
}

// The shopper is told and comes within opening hours, or never does.
void Operations::ready(std::uint32_t index) {
    const Parcel& parcel = parcels_[index];
    const Order& order = world_.orders->order(parcel.order);
    figures_[parcel.node.value].sojourn.add(world_.now - parcel.begun);
    world_.orders->parcel_ready(parcel.order);
    const Visit visit = visit_by_shopper(world_, order, parcel.node);
    const Duration window = world_.scenario.run.pickup_window;
    parcels_[index].collected = visit.comes && visit.after <= window;  // whoever comes later finds it gone
    world_.after(parcels_[index].collected ? visit.after : window, EventKind::collect, index);
}

void Operations::collect(std::uint32_t index) {
    const Parcel& parcel = parcels_[index];
    const auto& team = world_.scenario.network.nodes[parcel.node.value].team;
    const std::uint64_t id = world_.orders->order(parcel.order).id;
    if (parcel.collected && world_.teams->serves(parcel.node)) {
        world_.teams->at_counter(parcel.node, index, world_.draw(team->serve, Purpose::serving, id));
    } else if (parcel.collected) {
        handed_over(index);
    } else if (world_.teams->puts_back(parcel.node)) {
        Duration time{0};
        for (std::uint32_t i = 0; i < parcel.pieces.size(); ++i)
            time = time + world_.draw(team->put_back, Purpose::put_back, id, i);
        world_.teams->put_back(parcel.node, index, time);
    } else {
        back_on_shelf(index);
    }
}

void Operations::back_on_shelf(std::uint32_t index) {
    world_.orders->uncollected(parcels_[index].order, parcels_[index].pieces);
    parcels_.give_back(index);
}

void Operations::handed_over(std::uint32_t index) {
    const Parcel& parcel = parcels_[index];
    const std::uint32_t order = parcel.order;
    world_.orders->parcel_left(order, parcel.pieces, PieceState::handed_over);
    for (const std::uint32_t piece : parcel.pieces) {
        figures_[parcel.node.value].handed_over += static_cast<std::uint64_t>(world_.orders->piece(piece).units);
        world_.returns->decide(world_.orders->order(order), world_.orders->piece(piece));
    }
    world_.orders->parcel_done(order, SimTime{0});  // its fulfilment ended when it was ready
    parcels_.give_back(index);
}

void Operations::dispatched(std::uint32_t index) {
    figures_[parcels_[index].node.value].sojourn.add(world_.now - parcels_[index].begun);
    world_.carriage->take(index);
}

void Operations::left(std::uint32_t index) {
    const Parcel& parcel = parcels_[index];
    world_.orders->parcel_left(parcel.order, parcel.pieces, PieceState::shipped);
    for (const std::uint32_t piece : parcel.pieces)
        figures_[parcel.node.value].shipped += static_cast<std::uint64_t>(world_.orders->piece(piece).units);
}

void Operations::at_door(std::uint32_t index) {
    const Parcel& parcel = parcels_[index];
    for (const std::uint32_t piece : parcel.pieces)
        world_.returns->decide(world_.orders->order(parcel.order), world_.orders->piece(piece));
    world_.orders->parcel_done(parcel.order, world_.now);
    parcels_.give_back(index);
}

void Operations::add_costs(const Parcel& parcel) {
    Order& order = world_.orders->order(parcel.order);
    const model::Node& node = world_.scenario.network.nodes[parcel.node.value];
    const model::Costs& rates = world_.scenario.costs;
    Costs& costs = *world_.costs;
    costs.book(CostTerm::pick, order.channel, parcel.node, rates.pick_line * static_cast<Money>(parcel.pieces.size()));
    costs.book(CostTerm::pack, order.channel, parcel.node, rates.pack_parcel);
    for (const std::uint32_t i : parcel.pieces) {
        const Piece& piece = world_.orders->piece(i);
        const Money rate = world_.scenario.network.nodes[piece.node.value].unit_cost;
        costs.book(CostTerm::handling, order.channel, piece.node, rate * piece.units);
    }
    if (!core::by_parcel(parcel.method) || !world_.carriage->pays_by_distance(parcel.node)) return;  // its carrier is paid later
    const std::uint32_t km = world_.core->network().km[order.place][parcel.node.value];
    costs.book_parcel(order, parcel.node, node.parcel_cost + world_.scenario.network.cost_per_km * km);
}

}  // namespace lastunit::sim
