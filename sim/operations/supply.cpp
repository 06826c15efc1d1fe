#include "sim/operations/supply.hpp"

#include <cmath>

#include "sim/accuracy.hpp"
#include "sim/core_system.hpp"
#include "sim/event_log.hpp"
#include "sim/record_error.hpp"
#include "sim/recorder.hpp"

namespace lastunit::sim {

using model::Purpose;

void Supply::stock_up() {
    const auto nodes = static_cast<std::uint16_t>(world_.scenario.network.nodes.size());
    const auto skus = static_cast<std::uint32_t>(world_.scenario.catalogue.skus.size());
    std::vector<Quantity> units(std::size_t{nodes} * skus);
    for (const model::StockRule& rule : world_.scenario.stock) {
        // A total is shared by the SKUs that the rule names.
        double share = rule.skus.empty() ? 1 : 0;
        for (const Sku sku : rule.skus) share += world_.scenario.catalogue.popularity.share(sku.value);
        for (const NodeId node : rule.nodes) {
            const auto set = [&](Sku sku) { units[world_.cell_of(node, sku)] = units_by(rule, node, sku, share); };
            if (rule.skus.empty()) {
                for (std::uint32_t sku = 0; sku < skus; ++sku) set(Sku(sku));
            } else {
                for (const Sku sku : rule.skus) set(sku);
            }
        }
    }
    world_.recorder->node_stock_start.assign(nodes, 0);
    for (std::uint32_t sku = 0; sku < skus; ++sku) {
        if (!world_.scenario.catalogue.skus[sku].bundle.empty()) continue;  // its components have the stock
        for (std::uint16_t node = 0; node < nodes; ++node) {
            const Quantity recorded = units[std::size_t{sku} * nodes + node];
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

// A total is spread by popularity and rounded at random, so that the expected sum is right whatever the tail.
Quantity Supply::units_by(const model::StockRule& rule, NodeId node, Sku sku, double share_of_rule) const {
    if (rule.total == 0) return rule.each;
    const double expected =
        static_cast<double>(rule.total) * world_.scenario.catalogue.popularity.share(sku.value) / share_of_rule;
    const double whole = std::floor(expected);
    const std::uint64_t entity = (std::uint64_t{node.value} << 32U) | sku.value;
    const bool up = world_.uniform(Purpose::initial_stock, entity) < expected - whole;
    const auto units = static_cast<Quantity>(whole) + (up ? 1 : 0);
    return units < rule.minimum ? rule.minimum : units;
}

void Supply::unit_left(NodeId node, Sku sku, Quantity units) {
    if (world_.scenario.inbound.policy == model::Replenishment::none) return;
    const std::uint32_t index = deliveries_.take();
    deliveries_[index] = {node, sku, units};
    const std::uint64_t cell = (std::uint64_t{node.value} << 32U) | sku.value;
    const auto when = static_cast<std::uint32_t>(world_.now.us / 1000);
    const Duration lead = world_.draw(world_.scenario.inbound.lead_time, Purpose::lead_time, cell, when);
    world_.after(lead, EventKind::replenishment, index);
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
