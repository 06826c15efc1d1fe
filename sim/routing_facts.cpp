#include "sim/routing_facts.hpp"

#include <algorithm>

#include "sim/initial_stock.hpp"

namespace lastunit::sim {

namespace {

bool sorts_by(const model::Design& design, core::SortKey key) {
    if (design.routing != core::RoutingPolicy::rules) return false;
    const auto& all = design.rules.strategies;
    return std::any_of(all.begin(), all.end(), [&](const core::Strategy& strategy) {
        return std::any_of(strategy.sorts.begin(), strategy.sorts.end(), [&](const core::Sort& sort) { return sort.key == key; });
    });
}

}  // namespace

RoutingFacts::RoutingFacts(const World& world, core::RoutingNetwork& network)
    : world_(world),
      network_(network),
      asks_time_(world.design.routing == core::RoutingPolicy::rules || !world.design.protection.empty()),
      asks_value_(world.design.routing == core::RoutingPolicy::rules) {
    if (sorts_by(world.design, core::SortKey::balance)) reference_.assign(world.cells(), 0);
    if (!sorts_by(world.design, core::SortKey::age)) return;
    age_days_.assign(world.cells(), 0);
    for (const Duration age : initial_age(world.scenario)) since_.push_back(SimTime{0} - age);
}

Duration RoutingFacts::time_of_day() const { return Duration{world_.local(world_.now).us % hours(24).us}; }

core::RouteRequest RoutingFacts::completed(const core::RouteRequest& request) {
    core::RouteRequest out = request;
    out.time_of_day = time_of_day();
    if (asks_value_)
        for (const core::OrderLine& line : request.lines)
            out.value += world_.scenario.catalogue.skus[line.sku.value].price * line.quantity;
    network_.stock.reference = reference_;
    if (since_.empty()) return out;
    const std::size_t nodes = network_.nodes.size();
    for (const core::OrderLine& line : request.lines)
        for (std::size_t node = 0, cell = line.sku.value * nodes; node < nodes; ++node, ++cell)
            age_days_[cell] = static_cast<std::int32_t>((world_.now - since_[cell]).us / hours(24).us);
    network_.stock.age_days = age_days_;
    return out;
}

void RoutingFacts::stocked(NodeId node, Sku sku, Quantity units) {
    if (!reference_.empty()) reference_[world_.cell_of(node, sku)] += units;
}

// Units that arrive where there were none are the oldest there.
void RoutingFacts::changed(const core::Event& event, Quantity on_hand) {
    switch (event.kind) {
        case core::EventKind::received:
        case core::EventKind::adjusted:
        case core::EventKind::transfer_received:
        case core::EventKind::returned:
        case core::EventKind::unquarantined:
            if (event.delta > 0 && on_hand == event.delta) since_[world_.cell_of(event.node, event.sku)] = event.at;
            break;
        default:
            break;
    }
}

void RoutingFacts::lines_taken(NodeId node) {
    const Quantity daily = world_.scenario.network.nodes[node.value].daily_lines;
    if (!asks_value_ || daily == 0) return;
    const std::int64_t taken = std::int64_t{daily} - network_.nodes[node.value].capacity_left;
    network_.nodes[node.value].load = static_cast<std::int32_t>(taken * 1000 / daily);
}

}  // namespace lastunit::sim
