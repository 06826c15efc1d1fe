#include "sim/operations/transfers.hpp"

#include <algorithm>

#include "core/assert.hpp"
#include "core/routing/split_policy.hpp"
#include "sim/core_system.hpp"
#include "sim/costs.hpp"
#include "sim/counts.hpp"
#include "sim/event_log.hpp"
#include "sim/operations/operations.hpp"
#include "sim/operations/replenishment.hpp"
#include "sim/operations/returns.hpp"
#include "sim/operations/stock_figures.hpp"
#include "sim/recorder.hpp"

namespace lastunit::sim {

using model::Purpose;

Transfers::Transfers(World& world)
    : world_(world), sent_(world.scenario.network.nodes.size()), received_(world.scenario.network.nodes.size()) {
    for (const model::Truck& truck : world.scenario.network.trucks) {
        std::vector<std::uint32_t>& own = lanes_of_.emplace_back();
        for (const NodeId from : truck.from)
            for (const NodeId to : truck.to) {
                if (from == to) continue;
                const auto next = static_cast<std::uint32_t>(lanes_.size());
                const auto [at, fresh] = lane_of_.emplace(std::pair(from, to), next);
                if (fresh) lanes_.push_back({from, to, {}, {}, {}});
                own.push_back(at->second);
            }
    }
}

void Transfers::start() {
    const std::vector<model::Truck>& trucks = world_.scenario.network.trucks;
    for (std::uint32_t i = 0; i < trucks.size(); ++i)
        for (const Duration at : trucks[i].at) {
            world_.after(until(at), EventKind::truck, static_cast<std::uint32_t>(departures_.size()));
            departures_.push_back({i, at});
        }
}

// From now until it is next that time of day; a truck that leaves now is not missed.
Duration Transfers::until(Duration time_of_day) const {
    const std::int64_t day = hours(24).us;
    const std::int64_t wait = (time_of_day.us - world_.local(world_.now).us) % day;
    return {wait < 0 ? wait + day : wait};
}

Transfers::Lane* Transfers::lane(NodeId from, NodeId to) {
    const auto found = lane_of_.find({from, to});
    return found == lane_of_.end() ? nullptr : &lanes_[found->second];
}

void Transfers::request(NodeId from, NodeId to, Sku sku, Quantity units) {
    Lane* way = lane(from, to);
    LASTUNIT_ASSERT(way != nullptr, "no truck goes there");
    way->asked.push_back({sku, units});
}

void Transfers::send_on(NodeId from, NodeId to, Sku sku, Quantity units, Duration otherwise) {
    if (Lane* way = lane(from, to)) {
        way->sent_on.push_back({sku, units});
        return;
    }
    const std::uint32_t trip = open_trip(to);
    take_out_of_quarantine(from, trips_[trip], sku, units);
    world_.after(otherwise, EventKind::trip, trip);
}

void Transfers::send_piece(std::uint32_t index) {
    const Piece& piece = world_.orders->piece(index);
    if (Lane* way = lane(piece.node, piece.gathered_at)) {
        way->pieces.push_back(index);
        return;
    }
    const Order& order = world_.orders->order(piece.order);
    const std::optional<core::SplitPolicy>& policy = world_.design.split_policy;
    if (policy) {
        const std::uint32_t senders = first_from_there(piece) ? 1 : 0;
        const Money cost = core::transfer_cost(*policy, senders, piece.units);
        world_.costs->book(CostTerm::transfer, order.channel, piece.node, cost);
    }
    Duration takes = policy ? policy->transfer_takes : Duration{0};
    if (!core::by_parcel(order.method))
        takes = world_.draw(world_.design.pickup_transfer, Purpose::truck, order.id, piece.node.value);
    const std::uint32_t trip = open_trip(piece.gathered_at);
    take_piece(trips_[trip], index);
    world_.after(takes, EventKind::trip, trip);
}

// Whether no other piece of its order has gone the same way.
bool Transfers::first_from_there(const Piece& piece) const {
    for (std::uint32_t i = world_.orders->order(piece.order).first_piece; i != kNone; i = world_.orders->piece(i).next) {
        const Piece& other = world_.orders->piece(i);
        if (other.moved && other.node == piece.node && other.gathered_at == piece.gathered_at) return false;
    }
    return true;
}

std::uint32_t Transfers::open_trip(NodeId to) {
    const std::uint32_t index = trips_.take();
    Trip& trip = trips_[index];
    trip.to = to;
    trip.id = ++last_trip_;
    trip.stock.clear();
    trip.pieces.clear();
    return index;
}

// --- on the road ---

void Transfers::departs(std::uint32_t index) {
    const Departure departure = departures_[index];
    const model::Truck& truck = world_.scenario.network.trucks[departure.truck];
    for (const std::uint32_t i : lanes_of_[departure.truck]) {
        Lane& way = lanes_[i];
        if (way.pieces.empty() && way.asked.empty() && way.sent_on.empty()) continue;
        const std::uint64_t draw = (std::uint64_t{departure.truck} << 32U) | i;
        const auto when = static_cast<std::uint32_t>(world_.now.us / minutes(1).us);
        const model::Network& network = world_.scenario.network;
        const double km = model::kilometres(network.nodes[way.from.value].at, network.nodes[way.to.value].at);
        const Duration by_distance{static_cast<std::int64_t>(km * truck.takes_us_per_km)};
        const Duration takes = world_.draw(truck.takes, Purpose::truck, draw, when) + by_distance;
        const std::uint32_t trip = open_trip(way.to);
        const Quantity room = truck.units > 0 ? truck.units : core::kMaxUnits;
        Quantity left = load_pieces(way, trips_[trip], room);
        left = load_stock(way, trips_[trip], left);
        left = load_returns(way, trips_[trip], left);
        if (left == room) {  // nothing to take after all
            trips_.give_back(trip);
            continue;
        }
        ++figures_.trips;
        if (truck.units > 0) {
            figures_.loaded += static_cast<std::uint64_t>(room - left);
            figures_.room += static_cast<std::uint64_t>(room);
        }
        const Money cost = truck.cost + truck.unit_cost * (room - left);
        world_.costs->book_at(CostTerm::transfer, way.from, cost);
        world_.after(takes, EventKind::trip, trip);
    }
    world_.after(hours(24), EventKind::truck, index);
}

// The room that is left. A piece is one tote: it goes whole, and one that no truck could hold goes alone.
Quantity Transfers::load_pieces(Lane& way, Trip& trip, Quantity room) {
    const Quantity empty = room;
    while (!way.pieces.empty() && room > 0) {
        const std::uint32_t piece = way.pieces.front();
        const Quantity units = world_.orders->piece(piece).units;
        if (units > room && room < empty) break;
        way.pieces.pop_front();
        take_piece(trip, piece);
        room -= std::min(room, units);
    }
    return room;
}

Quantity Transfers::load_stock(Lane& way, Trip& trip, Quantity room) {
    std::deque<Load> waiting;
    waiting.swap(way.asked);
    for (const Load& asked : waiting) {
        const Quantity found = room > 0 ? take_off_shelf(way.from, asked.sku, std::min(asked.units, room)) : 0;
        if (found < asked.units) way.asked.push_back({asked.sku, asked.units - found});
        if (found == 0) continue;
        room -= found;
        trip.stock.push_back({asked.sku, found});
        world_.orders->unit_vanished(way.from, asked.sku);
        world_.core->transfer_out(trip.id, way.from, way.to, asked.sku, found, core::TransferFrom::shelf);
        world_.replenishment->loaded(way.to, asked.sku, found);
        world_.recorder->stock_in_transit += static_cast<std::uint64_t>(found);
        sent_[way.from.value] += static_cast<std::uint64_t>(found);
        figures_.units += static_cast<std::uint64_t>(found);
    }
    return room;
}

Quantity Transfers::load_returns(Lane& way, Trip& trip, Quantity room) {
    while (!way.sent_on.empty() && room > 0) {
        Load& load = way.sent_on.front();
        const Quantity units = std::min(load.units, room);
        take_out_of_quarantine(way.from, trip, load.sku, units);
        room -= units;
        load.units -= units;
        if (load.units == 0) way.sent_on.pop_front();
    }
    return room;
}

// Who loads takes what is free on record, as far as it is there; what is not there corrects the record, as a failed pick does.
Quantity Transfers::take_off_shelf(NodeId from, Sku sku, Quantity wanted) {
    const core::Ledger& ledger = world_.core->ledger();
    Quantity free = std::min(wanted, ledger.atp(from, sku));
    if (free > world_.truth.cell(from, sku).shelf) {
        world_.counts->seen_by_loader(from, sku);
        free = std::min({wanted, ledger.atp(from, sku), world_.truth.cell(from, sku).shelf});
    }
    if (free <= 0) return 0;
    world_.truth.take_from_shelf(from, sku, free);
    if (world_.log != nullptr) world_.log->moved(model::MOVE_TRANSFER_OUT, from, sku, free);
    return free;
}

void Transfers::take_out_of_quarantine(NodeId from, Trip& trip, Sku sku, Quantity units) {
    trip.stock.push_back({sku, units});
    world_.core->transfer_out(trip.id, from, trip.to, sku, units, core::TransferFrom::quarantine);
    world_.returns->left(model::ReturnPath::forwarded, units);
    world_.recorder->stock_in_transit += static_cast<std::uint64_t>(units);
    sent_[from.value] += static_cast<std::uint64_t>(units);
    figures_.units += static_cast<std::uint64_t>(units);
}

void Transfers::take_piece(Trip& trip, std::uint32_t index) {
    trip.pieces.push_back(index);
    const Piece& piece = world_.orders->piece(index);
    sent_[piece.node.value] += static_cast<std::uint64_t>(piece.units);
    figures_.units += static_cast<std::uint64_t>(piece.units);
    world_.orders->piece_moves(index);
}

void Transfers::arrives(std::uint32_t index) {
    // What arrives may set more in motion.
    std::vector<Load> stock;
    std::vector<std::uint32_t> pieces;
    stock.swap(trips_[index].stock);
    pieces.swap(trips_[index].pieces);
    const NodeId to = trips_[index].to;
    const std::uint64_t id = trips_[index].id;
    trips_.give_back(index);
    for (const Load& load : stock) {
        world_.truth.put_on_shelf(to, load.sku, load.units);
        world_.stock_figures->arrived(to, load.sku, load.units);
        if (world_.log != nullptr) world_.log->moved(model::MOVE_TRANSFER_IN, to, load.sku, load.units);
        world_.recorder->stock_in_transit -= static_cast<std::uint64_t>(load.units);
        received_[to.value] += static_cast<std::uint64_t>(load.units);
    }
    if (!stock.empty()) world_.core->transfer_in(id);
    for (const std::uint32_t piece : pieces) {
        received_[to.value] += static_cast<std::uint64_t>(world_.orders->piece(piece).units);
        world_.orders->piece_gathered(piece);
    }
}

}  // namespace lastunit::sim
