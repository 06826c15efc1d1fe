#include "sim/operations/returns.hpp"

#include "sim/accuracy.hpp"
#include "sim/causes.hpp"
#include "sim/core_system.hpp"
#include "sim/costs.hpp"
#include "sim/event_log.hpp"
#include "sim/recorder.hpp"

namespace lastunit::sim {

using model::Purpose;

Returns::Returns(World& world)
    : world_(world), nearest_store_(world.scenario.network.nearest_stores_by_place()), warehouse_(kNowhere) {
    const auto& nodes = world.scenario.network.nodes;
    for (std::uint16_t i = 0; i < nodes.size() && warehouse_ == kNowhere; ++i)
        if (nodes[i].kind == model::NodeKind::warehouse) warehouse_ = NodeId(i);
}

void Returns::decide(const Order& order, const Piece& piece) {
    const model::Persona* persona = world_.persona(order.persona);
    if (persona == nullptr || persona->return_rate <= 0) return;
    const std::uint32_t draw = 4 * piece.sku.value;  // the shopper's own, whatever else happens
    if (world_.uniform(Purpose::returning, order.id, draw) >= persona->return_rate) return;
    const bool in_store = world_.uniform(Purpose::returning, order.id, draw + 1) < persona->return_in_store;
    NodeId node = in_store ? nearest_store_[order.place] : warehouse_;
    if (node == kNowhere) node = piece.node;
    const std::uint32_t index = returned_.take();
    returned_[index] = {node, piece.sku, piece.units, order.channel, order.id, false};
    world_.after(world_.draw(persona->return_delay, Purpose::returning, order.id, draw + 2), EventKind::returned, index);
}

void Returns::send_back(const Order& order, const Piece& piece, Duration road) {
    const std::uint32_t index = returned_.take();
    returned_[index] = {piece.node, piece.sku, piece.units, order.channel, order.id, false};
    world_.after(road, EventKind::returned, index);
}

void Returns::handed_in(std::uint32_t index) {
    const Returned parcel = returned_[index];
    const Accuracy::Booking booking = world_.accuracy->book_return(parcel.order, parcel.node, parcel.sku);
    if (!parcel.shelved) {
        put_back(parcel);
        if (!booking.right(parcel.node)) world_.causes->note(Mishap::misbooked, parcel.node, parcel.sku, -parcel.units);
        if (booking.late.us > 0) {
            returned_[index].shelved = true;
            world_.after(booking.late, EventKind::returned, index);
            return;
        }
    }
    returned_.give_back(index);
    for (std::int32_t time = 0; time < booking.times; ++time) world_.core->take_return(booking.node, parcel.sku, parcel.units);
    if (!booking.right(parcel.node))
        world_.causes->note(Mishap::misbooked, booking.node, parcel.sku, booking.times * parcel.units);
}

void Returns::put_back(const Returned& parcel) {
    world_.truth.put_on_shelf(parcel.node, parcel.sku, parcel.units);
    if (world_.log != nullptr) world_.log->moved(model::MOVE_RETURNED, parcel.node, parcel.sku, parcel.units);
    world_.recorder->stock_returned += static_cast<std::uint64_t>(parcel.units);
    world_.recorder->of(parcel.channel).returned_units += static_cast<std::uint64_t>(parcel.units);
    world_.costs->book(CostTerm::returns, parcel.channel, parcel.node, world_.scenario.costs.return_line);
}

}  // namespace lastunit::sim
