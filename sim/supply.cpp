#include "sim/supply.hpp"

#include "sim/accuracy.hpp"
#include "sim/causes.hpp"
#include "sim/core_system.hpp"
#include "sim/event_log.hpp"
#include "sim/initial_stock.hpp"
#include "sim/record_error.hpp"
#include "sim/recorder.hpp"

namespace lastunit::sim {

using model::Purpose;

Supply::Supply(World& world)
    : world_(world), nearest_store_(world.scenario.network.nearest_stores_by_place()), warehouse_(kNowhere) {
    const auto& nodes = world.scenario.network.nodes;
    for (std::uint16_t i = 0; i < nodes.size() && warehouse_ == kNowhere; ++i)
        if (nodes[i].kind == model::NodeKind::warehouse) warehouse_ = NodeId(i);
}

void Supply::stock_up() {
    const auto nodes = static_cast<std::uint16_t>(world_.scenario.network.nodes.size());
    const auto skus = static_cast<std::uint32_t>(world_.scenario.catalogue.skus.size());
    const std::vector<Quantity> units = initial_stock(world_.scenario, world_.seed);
    world_.recorder->node_stock_start.assign(nodes, 0);
    for (std::uint32_t sku = 0; sku < skus; ++sku) {
        if (!world_.scenario.catalogue.skus[sku].bundle.empty()) continue;
        for (std::uint16_t node = 0; node < nodes; ++node) {
            const Quantity recorded = units[world_.cell_of(NodeId(node), Sku(sku))];
            const Quantity here = world_.accuracy->there_at_start(NodeId(node), Sku(sku), recorded);
            if (recorded == 0 && here == 0) continue;
            world_.truth.put_on_shelf(NodeId(node), Sku(sku), here);
            if (recorded > 0) world_.core->stock(NodeId(node), Sku(sku), recorded);
            if (here != recorded) world_.record_error->settle(NodeId(node), Sku(sku));
            world_.recorder->node_stock_start[node] += static_cast<std::uint64_t>(here);
            world_.recorder->stock_start += static_cast<std::uint64_t>(here);
        }
    }
}

void Supply::unit_left(NodeId node, Sku sku, Quantity units) {
    if (world_.scenario.inbound.policy == model::Replenishment::none) return;
    const std::uint32_t index = deliveries_.take();
    deliveries_[index] = {node, sku, units, kNoChannel, 0, false};
    const std::uint64_t cell = (std::uint64_t{node.value} << 32U) | sku.value;
    const auto when = static_cast<std::uint32_t>(world_.now.us / 1000);
    const Duration lead = world_.draw(world_.scenario.inbound.lead_time, Purpose::lead_time, cell, when);
    world_.after(lead, EventKind::replenishment, index);
}

void Supply::decide_return(const Order& order, const Piece& piece) {
    const model::Persona* persona = world_.persona(order.persona);
    if (persona == nullptr || persona->return_rate <= 0) return;
    const std::uint32_t draw = 4 * piece.sku.value;  // the shopper's own, whatever else happens
    if (world_.uniform(Purpose::returning, order.id, draw) >= persona->return_rate) return;
    const bool in_store = world_.uniform(Purpose::returning, order.id, draw + 1) < persona->return_in_store;
    NodeId node = in_store ? nearest_store_[order.place] : warehouse_;
    if (node == kNowhere) node = piece.node;
    const std::uint32_t index = deliveries_.take();
    deliveries_[index] = {node, piece.sku, piece.units, order.channel, order.id, false};
    world_.after(world_.draw(persona->return_delay, Purpose::returning, order.id, draw + 2), EventKind::returned, index);
}

void Supply::returned(std::uint32_t index) {
    const Delivery delivery = deliveries_[index];
    const Accuracy::Booking booking = world_.accuracy->book_return(delivery.order, delivery.node, delivery.sku);
    if (!delivery.shelved) {
        put_back(delivery);
        if (!booking.right(delivery.node)) world_.causes->note(Mishap::misbooked, delivery.node, delivery.sku, -delivery.units);
        if (booking.late.us > 0) {
            deliveries_[index].shelved = true;
            world_.after(booking.late, EventKind::returned, index);
            return;
        }
    }
    deliveries_.give_back(index);
    for (std::int32_t time = 0; time < booking.times; ++time)
        world_.core->take_return(booking.node, delivery.sku, delivery.units);
    if (!booking.right(delivery.node))
        world_.causes->note(Mishap::misbooked, booking.node, delivery.sku, booking.times * delivery.units);
}

void Supply::put_back(const Delivery& delivery) {
    world_.truth.put_on_shelf(delivery.node, delivery.sku, delivery.units);
    if (world_.log != nullptr) world_.log->moved(model::MOVE_RETURNED, delivery.node, delivery.sku, delivery.units);
    world_.recorder->stock_returned += static_cast<std::uint64_t>(delivery.units);
    Counters& counters = world_.recorder->of(delivery.channel);
    counters.returned_units += static_cast<std::uint64_t>(delivery.units);
    counters.cost += world_.scenario.costs.return_line;
}

void Supply::delivered(std::uint32_t index) {
    const Delivery delivery = deliveries_[index];
    deliveries_.give_back(index);
    world_.truth.put_on_shelf(delivery.node, delivery.sku, delivery.units);
    if (world_.log != nullptr) world_.log->moved(model::MOVE_DELIVERED, delivery.node, delivery.sku, delivery.units);
    world_.core->receive(delivery.node, delivery.sku, delivery.units);
    world_.recorder->stock_replenished += static_cast<std::uint64_t>(delivery.units);
}

}  // namespace lastunit::sim
