#include "sim/operations/supply.hpp"

#include "sim/accuracy.hpp"
#include "sim/core_system.hpp"
#include "sim/event_log.hpp"
#include "sim/initial_stock.hpp"
#include "sim/operations/stock_figures.hpp"
#include "sim/record_error.hpp"
#include "sim/recorder.hpp"

namespace lastunit::sim {

using model::Purpose;

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
            world_.stock_figures->stocked(NodeId(node), Sku(sku));
            if (recorded > 0) world_.core->stock(NodeId(node), Sku(sku), recorded);
            if (here != recorded) world_.record_error->settle(NodeId(node), Sku(sku));
            world_.recorder->node_stock_start[node] += static_cast<std::uint64_t>(here);
            world_.recorder->stock_start += static_cast<std::uint64_t>(here);
        }
    }
}

void Supply::unit_left(NodeId node, Sku sku, Quantity units) {
    if (world_.scenario.inbound.policy == model::Replenishment::base_stock)
        deliver(node, sku, units, world_.scenario.inbound.lead_time);
}

void Supply::order(NodeId node, Sku sku, Quantity units, const model::Distribution& lead_time) {
    world_.core->expect(node, sku, units);
    deliver(node, sku, units, lead_time);
}

void Supply::deliver(NodeId node, Sku sku, Quantity units, const model::Distribution& lead_time) {
    const std::uint32_t index = deliveries_.take();
    deliveries_[index] = {node, sku, units};
    const std::uint64_t cell = (std::uint64_t{node.value} << 32U) | sku.value;
    const auto when = static_cast<std::uint32_t>(world_.now.us / 1000);
    const Duration lead = world_.draw(lead_time, Purpose::lead_time, cell, when);
    world_.after(lead, EventKind::replenishment, index);
}

void Supply::delivered(std::uint32_t index) {
    const Delivery delivery = deliveries_[index];
    deliveries_.give_back(index);
    world_.truth.put_on_shelf(delivery.node, delivery.sku, delivery.units);
    world_.stock_figures->arrived(delivery.node, delivery.sku, delivery.units);
    if (world_.log != nullptr) world_.log->moved(model::MOVE_DELIVERED, delivery.node, delivery.sku, delivery.units);
    world_.core->receive(delivery.node, delivery.sku, delivery.units);
    world_.recorder->stock_replenished += static_cast<std::uint64_t>(delivery.units);
}

}  // namespace lastunit::sim
