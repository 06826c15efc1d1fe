// The network as routing sees it: what nodes can do and cost, how far they are, and what is known of their stock beside the
// ledger.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "core/routing/protection.hpp"
#include "core/routing/request.hpp"
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
    Quantity min_units = 1;      // smallest parcel: policies that minimise cost plan no fewer units there
    // Order lines it still accepts today for zones that have another home.
    Quantity spillover_left = std::numeric_limits<Quantity>::max();

    // For rules.
    std::uint64_t groups = 0;      // a bit per group of nodes, as the retailer numbers them
    std::int32_t load = 0;         // per mille of what it can handle, as the caller measures it
    std::int32_t rank = 0;         // the retailer's own order, lowest first
    Duration opens{0}, closes{0};  // local time of day; equal = round the clock
    Duration cut_off = hours(24);  // local time of day until which what is planned still leaves today
};

// Tables of the caller, [sku * nodes + node]; an empty one says nothing.
struct StockFacts {
    std::span<const Money> prices;           // what taking one unit here costs the future: weighed in decisions, paid by nobody
    std::span<const Quantity> reference;     // units at the start (or the target): what "share of stock left" refers to
    std::span<const std::int32_t> age_days;  // of the oldest unit
};

// What a parcel from a node to a zone costs on the road, by the tariff that the caller expects it to go by.
struct Sending {
    Money parcel = 0;     // kNotSent: nobody takes it there
    Money per_kg = 0;     // see `mass_cost`
    Duration transit{0};  // expected, beside the wait for the node's cut-off
};
inline constexpr Money kNotSent = -1;

// Unit by unit and rounded, so that a parcel costs the sum of its units however an order is split.
constexpr Money mass_cost(Money per_kg, std::int32_t grams) { return (per_kg * grams + 500) / 1000; }

struct RoutingNetwork {
    std::vector<RouteNode> nodes;
    Money cost_per_km = 0;                         // per parcel and kilometre
    std::vector<std::vector<std::uint32_t>> km;    // [zone][node], great-circle kilometres
    std::vector<std::vector<NodeId>> by_distance;  // [zone]: nodes, nearest first; ties by node index
    std::vector<std::vector<Money>> zone_cost;     // [zone][node], per unit sent there, beside unit_cost; may be empty
    // [zone][node], by method; instead of cost_per_km where not empty.
    std::vector<std::vector<Sending>> to_door, to_locker;
    std::vector<std::int32_t> grams;         // [sku], of a unit; empty = nothing weighs anything
    std::vector<std::uint8_t> class_of_sku;  // 0..63; empty = all of class 0
    std::vector<NodeId> home;                // [zone]: nearest node that ships; empty = spillover is not limited
    StockFacts stock;
    Protection protection;

    // What one parcel by this method costs from there to the zone, and what each unit in it costs beside: as the policies that
    // minimise cost see it, without prices. kNotSent: nobody takes a parcel there.
    Money parcel_cost(Method method, ZoneId zone, NodeId node) const;
    Money unit_cost(Method method, ZoneId zone, NodeId node, std::int32_t grams) const;
    std::int32_t grams_of(Sku sku) const { return grams.empty() ? 0 : grams[sku.value]; }

    // Fills `by_distance` from `km`.
    void sort_by_distance();
    // Fills `home` from `by_distance` and who ships now; a zone that nobody ships to has the nearest node.
    void find_homes();
    std::uint8_t class_of(Sku sku) const { return class_of_sku.empty() ? std::uint8_t{0} : class_of_sku[sku.value]; }
};

}  // namespace lastunit::core
