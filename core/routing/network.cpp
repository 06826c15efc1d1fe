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

}  // namespace lastunit::core
