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

void RoutingNetwork::find_homes() {
    home.clear();
    for (const std::vector<NodeId>& nearest : by_distance) {
        const auto ships = [&](NodeId node) { return nodes[node.value].ships; };
        const auto first = std::find_if(nearest.begin(), nearest.end(), ships);
        home.push_back(first != nearest.end() ? *first : nearest.front());
    }
}

}  // namespace lastunit::core
