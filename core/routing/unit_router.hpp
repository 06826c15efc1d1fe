// Routing orders of single units when only stock, unit costs and prices count: the decision of forward-looking policies, free of
// ledgers and networks. An order asks one unit of each of a few SKUs; each goes to a node or is left unfilled.
//
// `least_cost` is the exact choice (see `LeastCost`) with a price on each unit taken, the way in which Acimovic & Graves, "Making
// better fulfillment decisions on the fly in an online retail environment", M&SOM 17(1), 2015, let a forecast speak in each
// decision. `guided` follows a `Guide`, `rounded` a table of fractions. Microseconds each, and no allocation after warm-up.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "core/routing/least_cost.hpp"
#include "core/routing/rounding.hpp"
#include "core/types.hpp"

namespace lastunit::core {

// Money is in whatever small unit the caller counts in: real costs and prices are added.
struct UnitOrder {
    std::span<const std::uint32_t> items;  // SKUs, each once
    std::span<const Money> unit;           // per node: sending one unit to this order's destination
    Money parcel = 0;                      // per node that sends something
    Money unfilled_order = 0;              // once, if an item is left unfilled
    Money unfilled_unit = 0;               // for each of them
};

struct UnitStock {
    std::span<const Quantity> units;  // [node][sku]
    std::size_t skus = 0;

    Quantity at(std::size_t node, std::size_t sku) const { return units[node * skus + sku]; }
};

// A place of an item: a node, or the number of nodes for "left unfilled".
using Places = std::span<std::uint32_t>;

// What an order costs with its items at these places; prices are not costs.
Money cost_of(const UnitOrder& order, std::span<const std::uint32_t> places);

// What a planner tells the routing core now and then. Orders are of kinds (what is asked, and where it goes).
struct Guide {
    static constexpr std::uint32_t kNoPlan = std::numeric_limits<std::uint32_t>::max();

    std::vector<Money> price;         // [node][sku]: what a unit is worth to later orders
    Money unfilled_price = 0;         // for each unit left unfilled by choice, beyond its cost
    double unfilled_left = 0;         // units that may still be; the caller counts down. Below a half: only what nobody has
    std::size_t plan_width = 0;       // 0: prices alone decide
    std::vector<std::uint32_t> plan;  // [kind][plan_width] places; begins with kNoPlan where there is none
};

enum class FailedPick : std::uint8_t {
    left_unfilled,   // as in the papers on rounding
    order_rerouted,  // the whole order is planned again by least cost with prices
};

class UnitRouter {
   public:
    // So high that a unit is left unfilled only if no node has it.
    static constexpr Money kOnlyIfNobodyHasIt = 10'000'000'000;

    // Cost and prices of the best places. `prices` are [node][sku], or empty for none.
    Money least_cost(const UnitOrder& order, const UnitStock& stock, std::span<const Money> prices, Money unfilled_price,
                     Places places);

    // The kind's plan if the stock allows it, else the prices.
    void guided(const UnitOrder& order, const UnitStock& stock, const Guide& guide, std::size_t kind, Places places);

    // Draws places by `rounding`. A pick without stock is left unfilled, or the order is routed again.
    void rounded(const UnitOrder& order, const UnitStock& stock, Rounding rounding, const Fractions& fractions,
                 std::span<const double> uniforms, FailedPick failed, std::span<const Money> prices, Places places);

   private:
    bool planned(const UnitOrder& order, const UnitStock& stock, const Guide& guide, std::size_t kind, Places places) const;

    LeastCost search_;
    Rounder rounder_;
    std::vector<Quantity> wanted_;
    std::vector<Offer> offers_;
    std::vector<Money> decline_;
};

}  // namespace lastunit::core
