// Where stock lies and where shoppers live.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/routing/network.hpp"
#include "core/types.hpp"
#include "model/catalogue.hpp"
#include "model/distribution.hpp"

namespace lastunit::model {

struct GeoPoint {
    double lat = 0;  // degrees, WGS 84
    double lon = 0;
};
// Great circle on a sphere of 6371 km (haversine).
double kilometres(GeoPoint a, GeoPoint b);

enum class NodeKind : std::uint8_t { warehouse, store, dark_store, locker_hub };
const char* name_of(NodeKind kind);

// Daily, in time since local midnight; the run starts at `Run::start_of_day`. open == close means round the clock.
struct OpeningHours {
    Duration open{0};
    Duration close{0};
    bool open_at(SimTime local) const;
    SimTime next_opening(SimTime local) const;  // `local` itself when open
};

// A step of fulfilment with a queue in front: `workers` in parallel, first come first served.
struct Station {
    std::uint32_t workers = 0;     // 0 = unlimited (nobody waits)
    Distribution service;          // per order line (pick) or per parcel (pack, dispatch)
    bool collected_first = false;  // orders that a shopper comes for go before parcels, without interrupting work
    bool own_collected_service = false;
    Distribution collected_service;  // of those, where it is another
};

struct Node {
    std::string name;
    NodeKind kind = NodeKind::store;
    GeoPoint at;
    OpeningHours hours;   // for shoppers
    OpeningHours shifts;  // for the people who pick and pack
    Station pick, pack, dispatch;
    Quantity daily_lines = 0;  // order lines accepted per day; 0 = no limit
    bool ships = true;
    bool hands_over = false;
    Money parcel_cost = 0;  // fixed, per parcel sent
    Money unit_cost = 0;    // handling, per unit
    double accepts = 1;     // probability that it takes a parcel's request; a refusal takes `refusal_time`
    Distribution refusal_time;
};

struct Place {
    std::string name;
    GeoPoint at;
    double population = 0;  // weight
};

// Goes daily, one trip per pair of `from` and `to` where something waits.
struct Truck {
    std::string name;
    std::vector<NodeId> from, to;
    std::vector<Duration> at;  // local times of day at which it leaves, ascending
    Distribution takes;
    double takes_us_per_km = 0;
    Quantity units = 0;  // most per trip; 0 = no limit
    Money cost = 0;      // per trip
    Money unit_cost = 0;
};

struct Network {
    std::vector<Node> nodes;
    std::vector<Place> places;  // destination zones: index = ZoneId
    Discrete population;        // over places
    Money cost_per_km = 0;
    Distribution transit;  // dispatch to door, carrier's part that does not depend on distance
    double transit_us_per_km = 0;
    std::vector<Truck> trucks;

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
