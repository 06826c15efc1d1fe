#include "sim/operations.hpp"

#include <algorithm>

#include "sim/core_system.hpp"
#include "sim/recorder.hpp"
#include "sim/supply.hpp"

namespace lastunit::sim {

using core::Method;
using model::Purpose;

Operations::Operations(World& world)
    : world_(world),
      queues_(world.scenario.network.nodes.size() * 3),
      figures_(world.scenario.network.nodes.size()),
      shift_pending_(world.scenario.network.nodes.size(), 0) {}

std::uint32_t Operations::open_parcel(std::uint32_t order, NodeId node) {
    const std::uint32_t index = parcels_.take();
    Parcel& parcel = parcels_[index];
    parcel.order = order;
    parcel.node = node;
    parcel.begun = world_.now;
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
    ++figures.parcels;
    for (const std::uint32_t piece : parcel.pieces) {
        if (world_.orders->count_at_node(piece))
            figures.oversold += static_cast<std::uint64_t>(world_.orders->piece(piece).units);
        enqueue(StationKind::pick, parcel.node, piece);
    }
}

void Operations::join(std::uint32_t parcel, std::uint32_t piece) {
    add(parcel, piece);
    enqueue(StationKind::pick, parcels_[parcel].node, piece);
}

// --- stations ---

const model::Station& Operations::station(NodeId node, StationKind kind) const {
    const model::Node& place = world_.scenario.network.nodes[node.value];
    return kind == StationKind::pick ? place.pick : kind == StationKind::pack ? place.pack : place.dispatch;
}

void Operations::enqueue(StationKind kind, NodeId node, std::uint32_t subject) {
    const std::uint32_t job = jobs_.take();
    jobs_[job] = {kind, node, subject, world_.now};
    queue(node, kind).jobs.push_back(job);
    start_waiting(node, kind);
}

// Free workers take the oldest jobs, during shifts; whoever is at work when the shift ends finishes the job.
void Operations::start_waiting(NodeId node, StationKind kind) {
    Queue& waiting = queue(node, kind);
    const std::uint32_t workers = station(node, kind).workers;
    const model::OpeningHours& shifts = world_.scenario.network.nodes[node.value].shifts;
    if (waiting.jobs.empty()) return;
    if (!shifts.open_at(world_.local(world_.now))) {
        if (shift_pending_[node.value] != 0) return;
        shift_pending_[node.value] = 1;
        const Duration until = shifts.next_opening(world_.local(world_.now)) - world_.local(world_.now);
        world_.after(until, EventKind::shift, node.value);
        return;
    }
    while (!waiting.jobs.empty() && (workers == 0 || waiting.busy < workers)) {
        const std::uint32_t job = waiting.jobs.front();
        waiting.jobs.pop_front();
        ++waiting.busy;
        serve(job);
    }
}

void Operations::shift_begins(std::uint32_t node) {
    shift_pending_[node] = 0;
    const NodeId id(static_cast<std::uint16_t>(node));
    for (const StationKind kind : {StationKind::pick, StationKind::pack, StationKind::dispatch}) start_waiting(id, kind);
}

void Operations::serve(std::uint32_t index) {
    const Job& job = jobs_[index];
    constexpr Purpose kPurpose[] = {Purpose::pick_time, Purpose::pack_time, Purpose::dispatch_time};
    // Keyed by what is worked on, so that an order's service times stay its own under another design.
    const std::uint32_t order =
        job.kind == StationKind::pick ? world_.orders->piece(job.subject).order : parcels_[job.subject].order;
    const std::uint32_t draw = job.kind == StationKind::pick ? world_.orders->piece(job.subject).sku.value : job.node.value;
    const Duration service = world_.draw(station(job.node, job.kind).service, kPurpose[static_cast<unsigned>(job.kind)],
                                         world_.orders->order(order).id, draw);
    const Duration waited = world_.now - job.arrived;
    NodeFigures& figures = figures_[job.node.value];
    figures.wait[static_cast<unsigned>(job.kind)].add(waited);
    if (job.kind == StationKind::pick) figures.busy_s += service.seconds();
    if (world_.probe != nullptr) world_.probe->service_began(job.node, job.kind, job.arrived, waited, service);
    world_.after(service, EventKind::station, index);
}

void Operations::station_done(std::uint32_t index) {
    const Job job = jobs_[index];
    jobs_.give_back(index);
    --queue(job.node, job.kind).busy;
    switch (job.kind) {
        case StationKind::pick:
            pick_over(job.subject);
            break;
        case StationKind::pack:
            packed(job.subject);
            break;
        case StationKind::dispatch:
            dispatched(job.subject);
            break;
    }
    start_waiting(job.node, job.kind);
}

// --- a parcel's way ---

void Operations::pick_over(std::uint32_t index) {
    const Piece piece = world_.orders->piece(index);
    const std::uint32_t parcel = piece.parcel;
    const Quantity found = std::min(piece.units, world_.truth.cell(piece.node, piece.sku).shelf);
    if (found < piece.units) {
        ++figures_[piece.node.value].failed_picks;
        if (found == 0) std::erase(parcels_[parcel].pieces, index);
        world_.orders->pick_failed(index, found);
    }
    if (found > 0) world_.orders->picked(index);
    piece_settled(parcel);
}

// Packing begins when the last piece has been picked; a parcel of which nothing was found is no parcel.
void Operations::piece_settled(std::uint32_t index) {
    Parcel& parcel = parcels_[index];
    if (--parcel.unpicked > 0) return;
    if (!parcel.pieces.empty()) {
        enqueue(StationKind::pack, parcel.node, index);
        return;
    }
    const std::uint32_t order = parcel.order;
    parcels_.give_back(index);
    world_.orders->parcel_done(order, SimTime{0});
}

void Operations::packed(std::uint32_t index) {
    const Parcel& parcel = parcels_[index];
    add_costs(parcel);
    const Order& order = world_.orders->order(parcel.order);
    if (core::by_parcel(order.method)) {
        enqueue(StationKind::dispatch, parcel.node, index);
        return;
    }
    figures_[parcel.node.value].sojourn.add(world_.now - parcel.begun);
    world_.orders->parcel_ready(parcel.order);
    // The shopper is told and comes within opening hours, or never does.
    const model::Persona* persona = world_.persona(order.persona);
    const bool comes = persona == nullptr || world_.uniform(Purpose::store_visit, order.id) < persona->collects;
    parcels_[index].collected = comes;
    if (!comes) {
        world_.after(world_.scenario.run.pickup_window, EventKind::collect, index);
        return;
    }
    const Duration travel =
        persona == nullptr ? Duration{0} : world_.draw(persona->travel_time, Purpose::store_visit, order.id, 1);
    const SimTime there = world_.local(world_.now + travel);
    const SimTime open = world_.scenario.network.nodes[parcel.node.value].hours.next_opening(there);
    world_.after(travel + (open - there), EventKind::collect, index);
}

void Operations::collect(std::uint32_t index) {
    const Parcel& parcel = parcels_[index];
    const std::uint32_t order = parcel.order;
    if (!parcel.collected) {
        world_.orders->uncollected(order, parcel.pieces);
    } else {
        world_.orders->parcel_left(order, parcel.pieces, PieceState::handed_over);
        for (const std::uint32_t piece : parcel.pieces) {
            figures_[parcel.node.value].handed_over += static_cast<std::uint64_t>(world_.orders->piece(piece).units);
            world_.supply->decide_return(world_.orders->order(order), world_.orders->piece(piece));
        }
        world_.orders->parcel_done(order, SimTime{0});  // its fulfilment ended when it was ready
    }
    parcels_.give_back(index);
}

void Operations::dispatched(std::uint32_t index) {
    const Parcel& parcel = parcels_[index];
    NodeFigures& figures = figures_[parcel.node.value];
    figures.sojourn.add(world_.now - parcel.begun);
    world_.orders->parcel_left(parcel.order, parcel.pieces, PieceState::shipped);
    for (const std::uint32_t piece : parcel.pieces)
        figures.shipped += static_cast<std::uint64_t>(world_.orders->piece(piece).units);
    const Order& order = world_.orders->order(parcel.order);
    const double km = world_.core->network().km[order.place][parcel.node.value];
    const Duration by_distance{static_cast<std::int64_t>(km * world_.scenario.network.transit_us_per_km)};
    const Duration transit = world_.draw(world_.scenario.network.transit, Purpose::transit, order.id, parcel.node.value);
    world_.after(transit + by_distance, EventKind::delivered, index);
}

void Operations::delivered(std::uint32_t index) {
    const Parcel& parcel = parcels_[index];
    for (const std::uint32_t piece : parcel.pieces)
        world_.supply->decide_return(world_.orders->order(parcel.order), world_.orders->piece(piece));
    world_.orders->parcel_done(parcel.order, world_.now);
    parcels_.give_back(index);
}

void Operations::add_costs(const Parcel& parcel) {
    const Order& order = world_.orders->order(parcel.order);
    const model::Node& node = world_.scenario.network.nodes[parcel.node.value];
    Quantity units = 0;
    for (const std::uint32_t piece : parcel.pieces) units += world_.orders->piece(piece).units;
    const model::Costs& costs = world_.scenario.costs;
    Money cost = costs.pick_line * static_cast<Money>(parcel.pieces.size()) + costs.pack_parcel + node.unit_cost * units;
    if (core::by_parcel(order.method))
        cost +=
            node.parcel_cost + world_.scenario.network.cost_per_km * world_.core->network().km[order.place][parcel.node.value];
    world_.recorder->of(order.channel).cost += cost;
}

double Operations::pick_utilisation(NodeId node) const {
    const model::Node& place = world_.scenario.network.nodes[node.value];
    if (place.pick.workers == 0) return 0;
    // Day by day: the shift's overlap with the simulated span. A shift over midnight belongs to the day on which it begins.
    const SimTime begin = world_.local(SimTime{0});
    const SimTime end = world_.local(world_.now);
    const model::OpeningHours& shifts = place.shifts;
    Duration shift = shifts.close - shifts.open;
    if (shift.us <= 0) shift = shift + hours(24);  // round the clock, or over midnight
    double staffed_s = 0;
    for (SimTime day{-hours(24).us}; day < end; day = day + hours(24)) {
        const SimTime from = std::max(begin, day + shifts.open);
        const SimTime until = std::min(end, day + shifts.open + shift);
        if (from < until) staffed_s += (until - from).seconds();
    }
    return staffed_s == 0 ? 0 : figures_[node.value].busy_s / (staffed_s * place.pick.workers);
}

}  // namespace lastunit::sim
