#include "sim/operations/lockers.hpp"

#include <algorithm>
#include <limits>

#include "sim/operations/carriage.hpp"
#include "sim/operations/operations.hpp"
#include "sim/operations/returns.hpp"
#include "sim/operations/visit.hpp"
#include "sim/probe.hpp"
#include "sim/recorder.hpp"

namespace lastunit::sim {

Lockers::Lockers(World& world)
    : world_(world), hubs_(world.scenario.network.nearest_hubs_by_place()), figures_(world.scenario.network.nodes.size()) {}

NodeId Lockers::hub_of(const Parcel& parcel) const { return hubs_[world_.orders->order(parcel.order).place]; }

NodeId Lockers::hub_of(const Order& order) const {
    return order.method == core::Method::locker && !hubs_.empty() ? hubs_[order.place] : kNowhere;
}

model::GeoPoint Lockers::destination(const Parcel& parcel) const {
    const model::Network& network = world_.scenario.network;
    if (take(parcel)) return network.nodes[hub_of(parcel).value].at;
    return network.places[world_.orders->order(parcel.order).place].at;
}

bool Lockers::has_compartment(NodeId hub) const {
    const std::uint32_t compartments = world_.scenario.network.nodes[hub.value].compartments;
    return compartments == 0 || figures_[hub.value].occupied < compartments;
}

void Lockers::occupy(NodeId hub) {
    LockerFigures& figures = figures_[hub.value];
    figures.peak = std::max(figures.peak, ++figures.occupied);
    if (world_.probe != nullptr) world_.probe->compartments(world_.now, hub, figures.occupied);
}

void Lockers::arrive(std::uint32_t index) {
    Parcel& parcel = world_.operations->parcel(index);
    const bool redirected = parcel.at != kNowhere;
    if (!redirected) {
        if (!has_compartment(hub_of(parcel))) {
            found_full(index);
            return;
        }
        parcel.at = hub_of(parcel);
        occupy(parcel.at);
    }
    ++waiting_;
    const Visit visit = visit_by_shopper(world_, world_.orders->order(parcel.order), parcel.at);
    parcel.collected = visit.comes;
    world_.after(visit.comes ? visit.after : world_.scenario.run.locker_window, EventKind::locker, index);
    world_.orders->parcel_done(parcel.order, world_.now);  // who fetches it, and when, is no part of the promise
}

// It waits at the depot for the next delivery; after the last try, somebody hands it over, or it goes back.
void Lockers::found_full(std::uint32_t index) {
    Parcel& parcel = world_.operations->parcel(index);
    const NodeId hub = hub_of(parcel);
    const model::Lockers& rules = world_.scenario.network.lockers;
    ++figures_[hub.value].full;
    if (++parcel.tries >= rules.tries) {
        const NodeId store = nearest_hand_over(hub);
        if (store == kNowhere) {
            world_.orders->undeliverable(parcel.order, parcel.pieces);
            goes_back(parcel);
            world_.orders->parcel_done(parcel.order, world_.now);
            world_.operations->gone(index);
            return;
        }
        parcel.at = store;
        ++figures_[hub.value].redirected;
    }
    world_.after(world_.carriage->next_delivery(parcel, rules.retry), EventKind::delivered, index);
}

// Ties: the lowest number.
NodeId Lockers::nearest_hand_over(NodeId hub) const {
    const auto& nodes = world_.scenario.network.nodes;
    NodeId nearest = kNowhere;
    double least = std::numeric_limits<double>::infinity();
    for (std::uint16_t i = 0; i < nodes.size(); ++i) {
        if (!world_.services[i].hands_over || nodes[i].kind == model::NodeKind::locker_hub) continue;
        const double km = kilometres(nodes[hub.value].at, nodes[i].at);
        if (km < least) nearest = NodeId(i), least = km;
    }
    return nearest;
}

void Lockers::fetched(std::uint32_t index) {
    const Parcel& parcel = world_.operations->parcel(index);
    LockerFigures& figures = figures_[parcel.at.value];
    if (parcel.at == hub_of(parcel)) {
        --figures.occupied;
        if (world_.probe != nullptr) world_.probe->compartments(world_.now, parcel.at, figures.occupied);
    }
    --waiting_;
    LockerFigures& hub = figures_[hub_of(parcel).value];
    if (parcel.collected) {
        ++hub.fetched;
        for (const std::uint32_t piece : parcel.pieces)
            world_.returns->decide(world_.orders->order(parcel.order), world_.orders->piece(piece));
    } else {
        ++hub.no_shows;
        goes_back(parcel);
    }
    world_.operations->gone(index);
}

// To the node that sent it, where it is a return as any other.
void Lockers::goes_back(const Parcel& parcel) {
    const Order& order = world_.orders->order(parcel.order);
    const Duration road = world_.carriage->way_back(parcel);
    for (const std::uint32_t index : parcel.pieces) {
        const Piece& piece = world_.orders->piece(index);
        world_.recorder->of(order.channel).back_to_sender_units += static_cast<std::uint64_t>(piece.units);
        world_.returns->send_back(order, piece, road);
    }
}

}  // namespace lastunit::sim
