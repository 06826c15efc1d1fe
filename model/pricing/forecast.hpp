// What orders are expected, what each way of serving one costs, and what is in stock: the question of the linear programs.
//
// At most one order per period, as in the benchmarks of the literature; the programs see expected numbers only. Orders are of
// kinds (what is asked, in which region); every item of an order is one unit of a SKU.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/routing/unit_router.hpp"
#include "core/types.hpp"

namespace lastunit::model {

struct Forecast {
    std::uint32_t nodes = 0, skus = 0, regions = 0;
    std::int64_t periods = 0;
    std::vector<std::vector<std::uint32_t>> orders;  // by type: the SKUs asked, each once; may be none
    std::vector<double> rate;                        // [type * regions + region] orders per period
    std::vector<Quantity> stock;                     // [node][sku] at the start; where none is, the node never has the SKU

    Money money_unit = 1;  // the programs count in this many: numbers near 1 keep a solver exact
    Money parcel = 0, unfilled_order = 0;
    std::vector<Money> unit;           // [region][node]
    std::vector<Money> unfilled_unit;  // [region]

    std::size_t kinds() const { return orders.size() * regions; }
    const std::vector<std::uint32_t>& items(std::size_t kind) const { return orders[kind / regions]; }
    core::UnitOrder order(std::size_t kind) const {
        const std::size_t region = kind % regions;
        return {items(kind), std::span(unit).subspan(region * nodes, nodes), parcel, unfilled_order, unfilled_unit[region]};
    }
    double in_units(Money money) const { return static_cast<double>(money) / static_cast<double>(money_unit); }
    Money in_money(double units) const;             // to the nearest
    std::vector<double> demand(double left) const;  // [kind] orders expected in so many periods
};

}  // namespace lastunit::model
