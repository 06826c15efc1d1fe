// Routing rules as a planner writes them: strategies in order, each with conditions (is it for this order?), filters (which
// nodes?), sorts (in which order?), split limits, and a way to assign. The first strategy that serves the order wins; one that
// does not apply, or finds nothing, gives way to the next. When all have failed they are tried once more without their soft
// filters (and without soft protection of stock): the second pass.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "core/routing/network.hpp"
#include "core/routing/request.hpp"
#include "core/types.hpp"

namespace lastunit::core {

inline constexpr std::uint64_t kEvery = std::numeric_limits<std::uint64_t>::max();

enum class LineMatch : std::uint8_t { any_line, all_lines };

// Which orders a strategy is for: all that it names must hold.
struct Conditions {
    std::uint64_t channels = kEvery;  // a bit per channel
    std::uint64_t methods = kEvery;   // a bit per Method
    Money value_from = std::numeric_limits<Money>::min();
    Money value_below = std::numeric_limits<Money>::max();
    std::vector<ZoneId> zones;              // destinations; empty = all
    std::uint64_t sku_classes = kEvery;     // a bit per class ...
    LineMatch match = LineMatch::any_line;  // ... of one line, or of every line
    Duration from{0}, to{0};                // local time of day, `to` excluded; equal = all day; from > to passes midnight
    Duration promise_from{0};               // promised from now: at least ...
    Duration promise_below{INT64_MAX};      // ... and less than
};

// From `from` to before `to`; equal = always, `from` after `to` = through midnight.
bool within_day(Duration time, Duration from, Duration to);

enum class Mismatch : std::uint8_t { none, channel, method, value, zone, sku_class, time_of_day, promise };
const char* name_of(Mismatch mismatch);
// The first condition that does not hold.
Mismatch mismatch_of(const Conditions& when, const RouteRequest& request, const RoutingNetwork& network);

enum class FilterKind : std::uint8_t {
    node_group,      // in one of the `groups`
    within_km,       // at most `value` kilometres from the destination
    capacity_left,   // at least `value` order lines
    load_below,      // load less than `value` per mille
    before_cut_off,  // the local time is before the node's cut-off, `value` minutes earlier
    open_now,        // within its opening hours
    minimum_stock,   // what it has fewer than `value` units of, it gives none of
    safety_stock,    // it keeps `value` units of everything
};
const char* name_of(FilterKind kind);

struct Filter {
    FilterKind kind = FilterKind::node_group;
    Strength strength = Strength::hard;
    std::int64_t value = 0;
    std::uint64_t groups = 0;
};
// "farther than 50 km": why a node did not pass.
std::string refusal_of(const Filter& filter);

enum class SortKey : std::uint8_t {
    distance,  // nearest first
    cost,      // least cost per unit of what it could give, its parcel included
    load,      // least loaded first
    balance,   // largest share of its stock left first, mean of the order's SKUs that it has
    age,       // oldest stock first, the oldest of the order's SKUs that it has
    rank,      // the retailer's own order, lowest first
};
const char* name_of(SortKey key);

enum class Direction : std::uint8_t { natural, reversed };

struct Sort {
    SortKey key = SortKey::distance;
    Direction direction = Direction::natural;
};

enum class Completeness : std::uint8_t {
    may_split,
    ship_complete,  // one parcel with everything in it, or not by this strategy
};

enum class Assign : std::uint8_t {
    // The first node in order that has everything. If none has, the nodes in order give what they have of what is left, lines
    // whole where
    // some node has them whole, until nothing is left or the limit is reached. Nothing is declined.
    sort_first,
    least_cost,  // the optimiser over the nodes that pass; sorts only break ties
};
const char* name_of(Assign assign);

struct Strategy {
    std::string name;
    Conditions when;
    std::vector<Filter> filters;  // in order: a node is refused by the first that it fails
    std::vector<Sort> sorts;      // the first decides, the next among equals; at last distance, then node number
    std::uint32_t max_nodes = std::numeric_limits<std::uint32_t>::max();  // beside the request's
    LineSplit lines = LineSplit::when_needed;                             // unless the request says never
    Completeness completeness = Completeness::may_split;
    Assign assign = Assign::sort_first;
};

struct Rules {
    std::vector<Strategy> strategies;
};

}  // namespace lastunit::core
