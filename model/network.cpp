#include "model/network.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace lastunit::model {

namespace {

constexpr double kEarthRadiusKm = 6371;
constexpr double kRadiansPerDegree = std::numbers::pi / 180;
constexpr std::int64_t kDayUs = hours(24).us;

// Time since the last local midnight.
std::int64_t of_day(std::int64_t us) {
    const std::int64_t rest = us % kDayUs;
    return rest < 0 ? rest + kDayUs : rest;
}

// How long from one time of day to the next occurrence of another, in [0, one day).
std::int64_t until_next(std::int64_t from, std::int64_t to) { return of_day(to - from); }

bool round_the_clock(const OpeningHours& hours) { return of_day(hours.open.us) == of_day(hours.close.us); }

}  // namespace

double kilometres(GeoPoint a, GeoPoint b) {
    const double half_lat = std::sin((b.lat - a.lat) * kRadiansPerDegree / 2);
    const double half_lon = std::sin((b.lon - a.lon) * kRadiansPerDegree / 2);
    const double chord =
        half_lat * half_lat + std::cos(a.lat * kRadiansPerDegree) * std::cos(b.lat * kRadiansPerDegree) * half_lon * half_lon;
    return 2 * kEarthRadiusKm * std::asin(std::sqrt(std::min(chord, 1.0)));
}

bool OpeningHours::open_at(SimTime local) const {
    if (round_the_clock(*this)) return true;
    // Measured from the opening, an interval over midnight is like any other.
    return until_next(open.us, local.us) < until_next(open.us, close.us);
}

SimTime OpeningHours::next_opening(SimTime local) const {
    return open_at(local) ? local : local + microseconds(until_next(local.us, open.us));
}

core::RoutingNetwork Network::routing() const {
    core::RoutingNetwork routing;
    routing.cost_per_km = cost_per_km;
    routing.nodes.reserve(nodes.size());
    bool limits_spillover = false;
    for (const Node& node : nodes) {
        core::RouteNode route;
        route.ships = node.ships;
        route.hands_over = node.hands_over;
        route.open = true;
        route.capacity_left = node.daily_lines > 0 ? node.daily_lines : std::numeric_limits<Quantity>::max();
        route.fixed_cost = node.parcel_cost;
        route.unit_cost = node.unit_cost;
        route.groups = node.groups | group_of(node.kind);
        route.rank = node.rank;
        route.opens = node.hours.open;
        route.closes = node.hours.close;
        route.cut_off = node.cut_off;
        route.spillover_left = node.daily_spillover;
        limits_spillover = limits_spillover || node.daily_spillover < std::numeric_limits<Quantity>::max();
        routing.nodes.push_back(route);
    }
    routing.km.reserve(places.size());
    for (const Place& place : places) {
        auto& row = routing.km.emplace_back();
        row.reserve(nodes.size());
        for (const Node& node : nodes) row.push_back(static_cast<std::uint32_t>(std::lround(kilometres(place.at, node.at))));
    }
    routing.sort_by_distance();
    if (limits_spillover) routing.find_homes();
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
