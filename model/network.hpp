// Where stock lies and where shoppers live.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/routing/network.hpp"
#include "core/types.hpp"
#include "model/catalogue.hpp"
#include "model/distribution.hpp"
#include "model/opening_hours.hpp"
#include "model/staffing.hpp"

namespace lastunit::model {

struct GeoPoint {
    double lat = 0;  // degrees, WGS 84
    double lon = 0;
};
// Great circle on a sphere of 6371 km (haversine).
double kilometres(GeoPoint a, GeoPoint b);

enum class NodeKind : std::uint8_t { warehouse, store, dark_store, locker_hub };
const char* name_of(NodeKind kind);

struct Node {
    std::string name;
    NodeKind kind = NodeKind::store;
    GeoPoint at;
    OpeningHours hours;   // for shoppers
    OpeningHours shifts;  // for the people who pick and pack, unless a team's roster says otherwise
    Station pick, pack, dispatch;
    Quantity daily_lines = 0;  // order lines accepted per day; 0 = no limit
    bool ships = true;
    bool hands_over = false;
    Money parcel_cost = 0;  // fixed, per parcel sent
    Money unit_cost = 0;    // handling, per unit
    double accepts = 1;     // probability that it takes a parcel's request; a refusal takes `refusal_time`
    Distribution refusal_time;
    std::optional<Team> team;    // does the work of the stations without workers of their own
    std::optional<Waves> waves;  // of order lines on their way to the pickers
};

struct Place {
    std::string name;
    GeoPoint at;
    double population = 0;  // weight
};

struct Network {
    std::vector<Node> nodes;
    std::vector<Place> places;  // destination zones: index = ZoneId
    Discrete population;        // over places
    Money cost_per_km = 0;
    Distribution transit;  // dispatch to door, carrier's part that does not depend on distance
    double transit_us_per_km = 0;

    core::RoutingNetwork routing() const;                 // distances, costs; nodes open, capacity full
    std::vector<NodeId> nearest_stores_by_place() const;  // per place; NodeId of the nearest store (node 0 if there is none)
};

// One rule of initial stock; rules are applied in order, later ones overwrite the cells they name.
struct StockRule {
    std::vector<NodeId> nodes;
    std::vector<Sku> skus;  // empty = all
    Quantity each = 0;      // units per (node, SKU) ...
    // ... or this many units per node, spread by popularity (randomised rounding), at least `minimum` each
    std::int64_t total = 0;
    Quantity minimum = 0;
};

}  // namespace lastunit::model
