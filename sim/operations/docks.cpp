#include "sim/operations/docks.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "core/assert.hpp"
#include "sim/costs.hpp"
#include "sim/operations/operations.hpp"
#include "sim/probe.hpp"
#include "sim/recorder.hpp"

namespace lastunit::sim {

using model::Purpose;

Docks::Docks(World& world, const Lockers& lockers)
    : world_(world),
      lockers_(lockers),
      figures_(world.scenario.network.nodes.size()),
      carriers_(world.scenario.network.carriers.size()) {
    const auto& nodes = world.scenario.network.nodes;
    for (std::uint16_t i = 0; i < nodes.size(); ++i) {
        first_.push_back(static_cast<std::uint32_t>(docks_.size()));
        for (const model::Collection& visits : nodes[i].collections) {
            Dock& dock = docks_.emplace_back();
            dock.node = NodeId(i);
            dock.visits = &visits;
        }
    }
    first_.push_back(static_cast<std::uint32_t>(docks_.size()));
}

const model::Carrier& Docks::carrier_of(const Dock& dock) const { return world_.scenario.network.carriers[dock.visits->carrier]; }

// --- which carrier ---

void Docks::put(std::uint32_t index) {
    const Parcel& parcel = world_.operations->parcel(index);
    Offer best;
    for (std::uint32_t dock = first_[parcel.node.value]; dock < first_[parcel.node.value + 1U]; ++dock)
        if (const Offer one = offer(dock, parcel); one.dock != UINT32_MAX && one.beats(best)) best = one;
    LASTUNIT_ASSERT(best.dock != UINT32_MAX, "planned where no carrier reaches: node " + std::to_string(parcel.node.value));
    Dock& dock = docks_[best.dock];
    world_.operations->parcel(index).carrier = dock.visits->carrier;
    dock.waiting.push_back({index, world_.now, false});
    ++carriers_[dock.visits->carrier].waiting;
    if (dock.visits->at.empty()) {
        load(best.dock);
    } else if (!dock.expected) {
        expect(best.dock, next_visit(dock));
    }
}

// In time before late; in time the cheaper, late the earlier; then as the scenario lists them.
bool Docks::Offer::beats(const Offer& other) const {
    if (other.dock == UINT32_MAX || in_time != other.in_time) return in_time || other.dock == UINT32_MAX;
    return in_time ? std::tie(price, arrives) < std::tie(other.price, other.arrives)
                   : std::tie(arrives, price) < std::tie(other.arrives, other.price);
}

// As planned: what waits now goes first, today's rest of the carrier's day is what it is now, nothing is late.
Docks::Offer Docks::offer(std::uint32_t index, const Parcel& parcel) {
    const Dock& dock = docks_[index];
    const model::CarrierZone* there = zone(dock, parcel);
    if (there == nullptr) return {};
    const Duration transit = microseconds(std::llround(there->transit.expected()));
    SimTime arrives = expected_departure(dock) + transit;
    arrives = arrives + carrier_of(dock).wait_for_delivery(world_.local(arrives));
    const bool in_time = arrives <= world_.orders->due(world_.orders->order(parcel.order));
    return {index, in_time, arrives, price(*there, parcel)};
}

const model::CarrierZone* Docks::zone(const Dock& dock, const Parcel& parcel) const {
    const model::Carrier& carrier = carrier_of(dock);
    const model::Network& network = world_.scenario.network;
    return carrier.serves(parcel.method)
               ? carrier.zone(kilometres(lockers_.destination(parcel), network.nodes[dock.node.value].at))
               : nullptr;
}

Money Docks::price(const model::CarrierZone& zone, const Parcel& parcel) const {
    Money price = zone.parcel;
    for (const std::uint32_t index : parcel.pieces) {
        const Piece& piece = world_.orders->piece(index);
        price += piece.units * core::mass_cost(zone.per_kg, world_.scenario.catalogue.skus[piece.sku.value].grams);
    }
    return price;
}

// Parcels that its carrier still takes today.
std::uint32_t Docks::room(const Dock& dock) {
    const std::uint32_t daily = carrier_of(dock).daily_parcels;
    if (daily == 0) return UINT32_MAX;
    CarrierDay& day = carriers_[dock.visits->carrier];
    if (day.day != local_day(world_.now)) day.day = local_day(world_.now), day.taken = 0;
    return daily - day.taken;
}

// Behind all that waits for the carrier, where its days are full; else behind what waits here.
SimTime Docks::expected_departure(const Dock& dock) {
    const Duration day_start = world_.scenario.run.start_of_day;
    const std::uint32_t waiting = carriers_[dock.visits->carrier].waiting, today = room(dock);
    SimTime from = world_.now;
    if (waiting >= today) from = next_midnight() + hours(24) * ((waiting - today) / carrier_of(dock).daily_parcels);
    if (dock.visits->at.empty()) return from;
    SimTime visit = std::max(next_visit(dock), dock.visits->next(world_.local(from)) - day_start);
    if (dock.visits->parcels == 0 || from > world_.now) return visit;
    const std::size_t visits = dock.waiting.size() / dock.visits->parcels;  // that those before it fill
    visit = visit + hours(24) * static_cast<std::int64_t>(visits / dock.visits->at.size());
    for (std::size_t i = visits % dock.visits->at.size(); i > 0; --i)
        visit = dock.visits->next(world_.local(visit + microseconds(1))) - day_start;
    return visit;
}

SimTime Docks::next_visit(const Dock& dock) const {
    const SimTime from = dock.last_visit == world_.now ? world_.now + microseconds(1) : world_.now;
    return dock.visits->next(world_.local(from)) - world_.scenario.run.start_of_day;
}

void Docks::expect(std::uint32_t dock, SimTime at) {
    docks_[dock].expected = true;
    world_.queue.push(at, EventKind::collection, dock);
}

// --- the carrier is there ---

void Docks::collect(std::uint32_t index) {
    docks_[index].expected = false;
    docks_[index].last_visit = world_.now;
    load(index);
}

// What fits, unless the carrier's day is full first.
void Docks::load(std::uint32_t index) {
    Dock& dock = docks_[index];
    const std::size_t fits = dock.visits->parcels == 0 ? dock.waiting.size() : dock.visits->parcels;
    std::size_t taken = 0;
    for (; taken < fits && !dock.waiting.empty() && room(dock) > 0; ++taken) leave(dock);
    for (std::size_t i = 0; i < dock.waiting.size() && taken + i < fits; ++i) dock.waiting[i].spilled = true;
    if (dock.waiting.empty() || dock.expected) return;
    expect(index, dock.visits->at.empty() ? next_midnight() : next_visit(dock));
}

void Docks::leave(Dock& dock) {
    const Waiting first = dock.waiting.front();
    dock.waiting.pop_front();
    --carriers_[dock.visits->carrier].waiting;
    const Parcel& parcel = world_.operations->parcel(first.parcel);
    const model::CarrierZone& there = *zone(dock, parcel);
    const Money paid = price(there, parcel);
    count(dock, first, paid);
    const Money label = world_.scenario.network.nodes[dock.node.value].parcel_cost;
    world_.costs->book_parcel(world_.orders->order(parcel.order), dock.node, label + paid);
    world_.operations->left(first.parcel);
    send(dock, there, first.parcel);
}

void Docks::count(Dock& dock, const Waiting& waiting, Money price) {
    DockFigures& figures = figures_[dock.node.value];
    figures.wait.add(world_.now - waiting.since);
    if (local_day(world_.now) > local_day(waiting.since)) ++figures.missed_cut_offs;
    CarrierDay& carrier = carriers_[dock.visits->carrier];
    if (carrier.day != local_day(world_.now)) carrier.day = local_day(world_.now), carrier.taken = 0;
    carrier.figures.peak_day = std::max<std::uint64_t>(carrier.figures.peak_day, ++carrier.taken);
    ++carrier.figures.parcels;
    if (waiting.spilled) ++carrier.figures.spilled;
    carrier.figures.price += price;
}

// On the road: the carrier's time, more if it is late, and to its next hours of delivery.
void Docks::send(const Dock& dock, const model::CarrierZone& zone, std::uint32_t index) {
    const Order& order = world_.orders->order(world_.operations->parcel(index).order);
    const model::Carrier& carrier = carrier_of(dock);
    Duration road = world_.draw(zone.transit, Purpose::transit, order.id, dock.node.value);
    const double late = carrier.late_share(world_.now);
    if (late > 0 && world_.uniform(Purpose::carrier, order.id, 2U * dock.node.value) < late) {
        road = road + world_.draw(carrier.late_by, Purpose::carrier, order.id, 2U * dock.node.value + 1);
        ++carriers_[dock.visits->carrier].figures.late;
        ++world_.recorder->of(order.channel).late_parcels;
    }
    const SimTime arrives = world_.now + road;
    road = road + carrier.wait_for_delivery(world_.local(arrives));
    if (world_.probe != nullptr) world_.probe->parcel_collected(world_.now, order.id, dock.node, dock.visits->carrier, road);
    world_.after(road, EventKind::delivered, index);
}

}  // namespace lastunit::sim
