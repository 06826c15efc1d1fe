// The network as routing sees it: what nodes can do and cost, and how far they are.
#pragma once

#include <cstdint>
#include <vector>

#include "core/types.hpp"

namespace lastunit::core {

// What routing needs to know of a node.
struct RouteNode {
    bool ships = true;           // may send parcels
    bool hands_over = false;     // may serve pick-up
    bool open = true;            // now
    Quantity capacity_left = 0;  // order lines it still accepts today (lines of one SKU in one order count once)
    Money fixed_cost = 0;        // per parcel that leaves it
    Money unit_cost = 0;         // per unit handled
};

// The network as routing sees it; the caller keeps `nodes[i].open` and `capacity_left` up to date.
struct RoutingNetwork {
    std::vector<RouteNode> nodes;
    Money cost_per_km = 0;                         // per parcel and kilometre
    std::vector<std::vector<std::uint32_t>> km;    // [zone][node], great-circle kilometres
    std::vector<std::vector<NodeId>> by_distance;  // [zone]: nodes, nearest first; ties by node index

    // Fills `by_distance` from `km`.
    void sort_by_distance();
};

}  // namespace lastunit::core
