#include "core/routing/network.hpp"

#include <algorithm>

namespace lastunit::core {

void RoutingNetwork::sort_by_distance() {
    by_distance.resize(km.size());
    for (std::size_t zone = 0; zone < km.size(); ++zone) {
        std::vector<NodeId>& order = by_distance[zone];
        order.clear();
        for (std::size_t node = 0; node < nodes.size(); ++node) order.emplace_back(static_cast<std::uint16_t>(node));
        std::stable_sort(order.begin(), order.end(), [&](NodeId a, NodeId b) { return km[zone][a.value] < km[zone][b.value]; });
    }
}

Money RoutingNetwork::parcel_cost(Method method, ZoneId zone, NodeId node) const {
    const auto& tariffs = method == Method::locker ? to_locker : to_door;
    if (tariffs.empty()) return nodes[node.value].fixed_cost + cost_per_km * km[zone.value][node.value];
    const Money road = tariffs[zone.value][node.value].parcel;
    return road == kNotSent ? kNotSent : nodes[node.value].fixed_cost + road;
}

Money RoutingNetwork::unit_cost(Method method, ZoneId zone, NodeId node, std::int32_t mass) const {
    const auto& tariffs = method == Method::locker ? to_locker : to_door;
    const Money by_zone = zone_cost.empty() ? 0 : zone_cost[zone.value][node.value];
    const Money by_mass = tariffs.empty() ? 0 : mass_cost(tariffs[zone.value][node.value].per_kg, mass);
    return nodes[node.value].unit_cost + by_zone + by_mass;
}

void RoutingNetwork::find_homes() {
    home.clear();
    for (const std::vector<NodeId>& nearest : by_distance) {
        const auto ships = [&](NodeId node) { return nodes[node.value].ships; };
        const auto first = std::find_if(nearest.begin(), nearest.end(), ships);
        home.push_back(first != nearest.end() ? *first : nearest.front());
    }
}

}  // namespace lastunit::core
