#include "model/network.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace lastunit::model {

namespace {

constexpr double kEarthRadiusKm = 6371;
constexpr double kRadiansPerDegree = std::numbers::pi / 180;

}  // namespace

double kilometres(GeoPoint a, GeoPoint b) {
    const double half_lat = std::sin((b.lat - a.lat) * kRadiansPerDegree / 2);
    const double half_lon = std::sin((b.lon - a.lon) * kRadiansPerDegree / 2);
    const double chord =
        half_lat * half_lat + std::cos(a.lat * kRadiansPerDegree) * std::cos(b.lat * kRadiansPerDegree) * half_lon * half_lon;
    return 2 * kEarthRadiusKm * std::asin(std::sqrt(std::min(chord, 1.0)));
}

core::RoutingNetwork Network::routing() const {
    core::RoutingNetwork routing;
    routing.cost_per_km = cost_per_km;
    routing.nodes.reserve(nodes.size());
    for (const Node& node : nodes) {
        core::RouteNode route;
        route.ships = node.ships;
        route.hands_over = node.hands_over;
        route.open = true;
        route.capacity_left = node.daily_lines > 0 ? node.daily_lines : std::numeric_limits<Quantity>::max();
        route.fixed_cost = node.parcel_cost;
        route.unit_cost = node.unit_cost;
        routing.nodes.push_back(route);
    }
    routing.km.reserve(places.size());
    for (const Place& place : places) {
        auto& row = routing.km.emplace_back();
        row.reserve(nodes.size());
        for (const Node& node : nodes) row.push_back(static_cast<std::uint32_t>(std::lround(kilometres(place.at, node.at))));
    }
    routing.sort_by_distance();
    return routing;
}

std::vector<NodeId> Network::nearest_stores_by_place() const {
    std::vector<NodeId> nearest;
    nearest.reserve(places.size());
    for (const Place& place : places) {
        NodeId best(0);
        double best_km = std::numeric_limits<double>::infinity();
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            const double km = kilometres(place.at, nodes[i].at);
            if (nodes[i].kind == NodeKind::store && km < best_km) {
                best = NodeId(static_cast<std::uint16_t>(i));
                best_km = km;
            }
        }
        nearest.push_back(best);
    }
    return nearest;
}

}  // namespace lastunit::model
