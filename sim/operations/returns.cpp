#include "sim/operations/returns.hpp"

#include <cmath>

#include "sim/accuracy.hpp"
#include "sim/causes.hpp"
#include "sim/core_system.hpp"
#include "sim/costs.hpp"
#include "sim/event_log.hpp"
#include "sim/operations/inspection.hpp"
#include "sim/operations/stock_figures.hpp"
#include "sim/operations/transfers.hpp"
#include "sim/recorder.hpp"

namespace lastunit::sim {

using model::Purpose;

namespace {
constexpr std::uint16_t kNoRule = UINT16_MAX;
}

Returns::Returns(World& world)
    : world_(world),
      nearest_store_(world.scenario.network.nearest_stores_by_place()),
      warehouse_(kNowhere),
      returned_to_(world.scenario.network.nodes.size()) {
    const auto& nodes = world.scenario.network.nodes;
    for (std::uint16_t i = 0; i < nodes.size() && warehouse_ == kNowhere; ++i)
        if (nodes[i].kind == model::NodeKind::warehouse) warehouse_ = NodeId(i);
    if (world.scenario.returns.empty()) return;
    rule_of_.assign(nodes.size(), kNoRule);
    for (std::uint16_t i = 0; i < world.scenario.returns.size(); ++i)
        for (const NodeId node : world.scenario.returns[i].nodes) rule_of_[node.value] = i;
}

const model::ReturnsRule* Returns::rule(NodeId node) const {
    if (rule_of_.empty() || rule_of_[node.value] == kNoRule) return nullptr;
    return &world_.scenario.returns[rule_of_[node.value]];
}

void Returns::decide(const Order& order, const Piece& piece) {
    const model::Persona* persona = world_.persona(order.persona);
    if (persona == nullptr || persona->return_rate <= 0) return;
    const std::uint32_t draw = 4 * piece.sku.value;  // the shopper's own, whatever else happens
    if (world_.uniform(Purpose::returning, order.id, draw) >= persona->return_rate) return;
    const NodeId node = goes_to(order, piece, persona->return_in_store);
    const std::uint32_t index = returned_.take();
    returned_[index] = {node, piece.sku, piece.units, order.channel, order.id, piece.node, false};
    world_.after(world_.draw(persona->return_delay, Purpose::returning, order.id, draw + 2), EventKind::returned, index);
}

// To the nearest store with this probability, else by parcel.
NodeId Returns::goes_to(const Order& order, const Piece& piece, double in_store) const {
    if (world_.uniform(Purpose::returning, order.id, 4 * piece.sku.value + 1) < in_store) return nearest_store_[order.place];
    const model::ReturnsRule* of_sender = rule(piece.node);
    if (of_sender != nullptr && of_sender->parcels_to != model::kSupplier) return of_sender->parcels_to;
    return warehouse_ != kNowhere ? warehouse_ : piece.node;
}

void Returns::send_back(const Order& order, const Piece& piece, Duration road) {
    const std::uint32_t index = returned_.take();
    returned_[index] = {leaves_from(piece), piece.sku, piece.units, order.channel, order.id, piece.node, false};
    world_.after(road, EventKind::returned, index);
}

void Returns::handed_in(std::uint32_t index) {
    const Returned parcel = returned_[index];
    if (parcel.shelved) {
        book(index);
        return;
    }
    count(parcel);
    const model::ReturnsRule* how = rule(parcel.node);
    if (how == nullptr) {
        left(model::ReturnPath::restocked, parcel.units);
        restock(index);
        return;
    }
    world_.core->quarantine_return(parcel.node, parcel.sku, parcel.units);
    const Duration service = world_.draw(how->inspect.service, Purpose::inspection, parcel.order, 2 * parcel.sku.value);
    world_.inspection->enqueue(parcel.node, index, how->inspect, service);
}

void Returns::count(const Returned& parcel) {
    const auto units = static_cast<std::uint64_t>(parcel.units);
    world_.recorder->stock_returned += units;
    world_.recorder->stock_in_inspection += units;
    returned_to_[parcel.node.value] += units;
    world_.recorder->of(parcel.channel).returned_units += units;
    world_.costs->book(CostTerm::returns, parcel.channel, parcel.node, world_.scenario.costs.return_line);
}

void Returns::left(model::ReturnPath path, Quantity units) {
    by_path_[static_cast<unsigned>(path)] += static_cast<std::uint64_t>(units);
    world_.recorder->stock_in_inspection -= static_cast<std::uint64_t>(units);
}

void Returns::inspected(std::uint32_t index) {
    const Returned parcel = returned_[index];
    const model::ReturnsRule& how = *rule(parcel.node);
    const double grade = world_.uniform(Purpose::inspection, parcel.order, 2 * parcel.sku.value + 1);
    if (grade < how.as_new) {
        NodeId to = parcel.node;
        if (how.then == model::ReturnsRule::Then::forward) to = how.forward_to;
        if (how.then == model::ReturnsRule::Then::where_sold) to = parcel.sold_from;
        if (to == parcel.node) {
            left(model::ReturnPath::restocked, parcel.units);
            restock(index);
            return;
        }
        const Duration takes = world_.draw(how.forward_takes, Purpose::truck, parcel.order, parcel.sku.value);
        returned_.give_back(index);
        world_.transfers->send_on(parcel.node, to, parcel.sku, parcel.units, takes);
        return;
    }
    const Money value = world_.scenario.catalogue.skus[parcel.sku.value].price * parcel.units;
    returned_.give_back(index);
    world_.core->dispose(parcel.node, parcel.sku, parcel.units);
    const bool sold_off = grade < how.as_new + how.marked_down;
    left(sold_off ? model::ReturnPath::marked_down : model::ReturnPath::written_off, parcel.units);
    (sold_off ? world_.recorder->stock_marked_down : world_.recorder->stock_written_off) +=
        static_cast<std::uint64_t>(parcel.units);
    const Money lost = sold_off ? std::llround(how.markdown * static_cast<double>(value)) : value;
    world_.costs->book(CostTerm::markdown, parcel.channel, parcel.node, lost);
}

// Back on the shelf; on record at once, unless it is booked wrongly.
void Returns::restock(std::uint32_t index) {
    const Returned parcel = returned_[index];
    put_back(parcel);
    const bool quarantined = rule(parcel.node) != nullptr;
    const Accuracy::Booking booking = world_.accuracy->book_return(parcel.order, parcel.node, parcel.sku);
    if (booking.right(parcel.node)) {
        returned_.give_back(index);
        quarantined ? world_.core->unquarantine(parcel.node, parcel.sku, parcel.units)
                    : world_.core->take_return(parcel.node, parcel.sku, parcel.units);
        return;
    }
    world_.causes->note(Mishap::misbooked, parcel.node, parcel.sku, -parcel.units);
    if (quarantined) world_.core->dispose(parcel.node, parcel.sku, parcel.units);  // and booked in anew
    if (booking.late.us > 0) {
        returned_[index].shelved = true;
        world_.after(booking.late, EventKind::returned, index);
        return;
    }
    book(index);
}

void Returns::book(std::uint32_t index) {
    const Returned parcel = returned_[index];
    returned_.give_back(index);
    const Accuracy::Booking booking = world_.accuracy->book_return(parcel.order, parcel.node, parcel.sku);
    for (std::int32_t time = 0; time < booking.times; ++time) world_.core->take_return(booking.node, parcel.sku, parcel.units);
    world_.causes->note(Mishap::misbooked, booking.node, parcel.sku, booking.times * parcel.units);
}

void Returns::put_back(const Returned& parcel) {
    world_.truth.put_on_shelf(parcel.node, parcel.sku, parcel.units);
    world_.stock_figures->arrived(parcel.node, parcel.sku, parcel.units);
    if (world_.log != nullptr) world_.log->moved(model::MOVE_RETURNED, parcel.node, parcel.sku, parcel.units);
}

}  // namespace lastunit::sim
