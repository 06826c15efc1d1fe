// Where stock lies and where shoppers live.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "core/routing/network.hpp"
#include "core/types.hpp"
#include "model/carriers.hpp"
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
    std::optional<Team> team;             // does the work of the stations without workers of their own
    std::optional<Waves> waves;           // of order lines on their way to the pickers
    std::vector<Collection> collections;  // at its dock; empty: parcels leave as soon as they are dispatched
    std::uint32_t compartments = 0;       // of a locker hub; 0 = no limit

    // For routing rules.
    std::uint64_t groups = 0;                                         // bits: see group_of and Network::node_groups
    std::int32_t rank = 0;                                            // lowest first
    std::optional<Duration> stated_cut_off;                           // local time of day
    Quantity daily_spillover = std::numeric_limits<Quantity>::max();  // order lines a day for places that have a nearer node

    // Local time of day: what is dispatched later leaves tomorrow. As stated; else the last collection, 24 hours where parcels
    // leave at once.
    Duration cut_off() const;
};

// Nodes of a kind are a group of routing rules; the retailer's own groups follow.
constexpr std::uint64_t group_of(NodeKind kind) { return std::uint64_t{1} << static_cast<unsigned>(kind); }
inline constexpr unsigned kNodeKinds = 4;
inline constexpr unsigned kMostNodeGroups = 64 - kNodeKinds;

// What becomes of a parcel that finds its locker hub full.
struct Lockers {
    Duration retry = hours(24);
    std::uint32_t tries = 3;  // deliveries in all
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
    std::vector<Carrier> carriers;
    Lockers lockers;
    std::vector<std::string> node_groups;  // the retailer's own: bit kNodeKinds + index of Node::groups

    // Distances, costs, cut-offs; nodes open, capacity full. Where carriers come to docks: the prices and expected times of the
    // carrier that is cheapest for a unit of mean mass.
    core::RoutingNetwork routing(const Catalogue& catalogue) const;
    std::vector<NodeId> nearest_stores_by_place() const;  // per place; NodeId of the nearest store (node 0 if there is none)
    std::vector<NodeId> nearest_hubs_by_place() const;    // per place, the nearest locker hub; empty if there is none

   private:
    std::vector<NodeId> nearest_by_place(NodeKind kind) const;
    void add_tariffs(const Catalogue& catalogue, core::RoutingNetwork& routing) const;
    core::Sending by_own_means(std::uint32_t km) const;
    core::Sending cheapest(const Node& node, GeoPoint to, core::Method method, double grams) const;
};

// One rule of initial stock; rules are applied in order, later ones overwrite the cells they name.
struct StockRule {
    std::vector<NodeId> nodes;
    std::vector<Sku> skus;  // empty = all
    Quantity each = 0;      // units per (node, SKU) ...
    // ... or this many units per node, spread by popularity (randomised rounding), at least `minimum` each
    std::int64_t total = 0;
    Quantity minimum = 0;
    Duration age{0};  // of these units at the start
};

}  // namespace lastunit::model
