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

Duration Node::cut_off() const {
    if (stated_cut_off) return *stated_cut_off;
    Duration last{0};
    for (const Collection& collection : collections) {
        if (collection.at.empty() || collection.at.front().us == 0) return lastunit::hours(24);  // at once, or at midnight
        last = std::max(last, collection.at.back());
    }
    return collections.empty() ? lastunit::hours(24) : last;
}

core::RoutingNetwork Network::routing(const Catalogue& catalogue) const {
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
        route.cut_off = node.cut_off();
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
    if (!carriers.empty()) add_tariffs(catalogue, routing);
    if (limits_spillover) routing.find_homes();
    return routing;
}

void Network::add_tariffs(const Catalogue& catalogue, core::RoutingNetwork& routing) const {
    double mean = 0;
    routing.grams.reserve(catalogue.skus.size());
    for (std::uint32_t sku = 0; sku < catalogue.skus.size(); ++sku) {
        routing.grams.push_back(catalogue.skus[sku].grams);
        mean += catalogue.popularity.share(sku) * catalogue.skus[sku].grams;
    }
    const std::vector<NodeId> hubs = nearest_hubs_by_place();
    for (std::size_t zone = 0; zone < places.size(); ++zone) {
        const GeoPoint locker = hubs.empty() ? places[zone].at : nodes[hubs[zone].value].at;
        auto& door_row = routing.to_door.emplace_back();
        auto& locker_row = routing.to_locker.emplace_back();
        for (std::size_t n = 0; n < nodes.size(); ++n) {
            if (nodes[n].collections.empty()) {
                door_row.push_back(by_own_means(routing.km[zone][n]));
                locker_row.push_back(door_row.back());
                continue;
            }
            door_row.push_back(cheapest(nodes[n], places[zone].at, core::Method::ship, mean));
            locker_row.push_back(cheapest(nodes[n], locker, core::Method::locker, mean));
        }
    }
}

core::Sending Network::by_own_means(std::uint32_t km) const {
    const double transit_us = transit.expected() + km * transit_us_per_km;
    return {cost_per_km * km, 0, microseconds(std::llround(transit_us))};
}

core::Sending Network::cheapest(const Node& node, GeoPoint to, core::Method method, double grams) const {
    const double km = kilometres(to, node.at);
    core::Sending best{core::kNotSent, 0, {}};
    double least = 0;
    for (const Collection& collection : node.collections) {
        const Carrier& carrier = carriers[collection.carrier];
        const CarrierZone* zone = carrier.serves(method) ? carrier.zone(km) : nullptr;
        if (zone == nullptr) continue;
        const double price = static_cast<double>(zone->parcel) + static_cast<double>(zone->per_kg) * grams / 1000;
        if (best.parcel != core::kNotSent && price >= least) continue;
        least = price;
        best = {zone->parcel, zone->per_kg, microseconds(std::llround(zone->transit.expected()))};
    }
    return best;
}

// Node 0 where there is none of that kind.
std::vector<NodeId> Network::nearest_by_place(NodeKind kind) const {
    std::vector<NodeId> nearest;
    nearest.reserve(places.size());
    for (const Place& place : places) {
        NodeId best(0);
        double best_km = std::numeric_limits<double>::infinity();
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            if (nodes[i].kind != kind) continue;
            const double km = kilometres(place.at, nodes[i].at);
            if (km < best_km) {
                best = NodeId(static_cast<std::uint16_t>(i));
                best_km = km;
            }
        }
        nearest.push_back(best);
    }
    return nearest;
}

std::vector<NodeId> Network::nearest_stores_by_place() const { return nearest_by_place(NodeKind::store); }

std::vector<NodeId> Network::nearest_hubs_by_place() const {
    const bool any = std::any_of(nodes.begin(), nodes.end(), [](const Node& node) { return node.kind == NodeKind::locker_hub; });
    return any ? nearest_by_place(NodeKind::locker_hub) : std::vector<NodeId>{};
}

}  // namespace lastunit::model
