// Prices of stock that need no forecast: they rise as a node's units of a SKU are used up, so that nearly empty shelves are left
// to those for whom they are the only ones.
//
// With w the share of the units used, a unit is worth
//     value * (e^w - 1) / (e - 1)
// 0 when all are there, `value` when none is left. It is the dual variable of the online primal-dual method for packing
// (Buchbinder & Naor, "The Design of Competitive Online Algorithms via a Primal-Dual Approach", 2009) and, seen from the stock
// that is left, the penalty function of inventory balancing (Golrezaei, Nazerzadeh & Rusmevichientong, Management Science 60(6),
// 2014; Ma & Simchi-Levi, Operations Research 68(6), 2020), which is (1 - 1/e)-competitive against every demand. `value` is what
// a unit can save at most: the difference between the dearest way to serve an order without it and the cheapest with it.
#pragma once

#include <span>

#include "core/ledger.hpp"
#include "core/types.hpp"

namespace lastunit::core {

// Rounded to the nearest minor unit. `remaining` may exceed `initial` (replenished: 0) or be negative (`value`); nothing at the
// start: `value`.
Money primal_dual_price(Money value, Quantity initial, Quantity remaining);

// The row of one SKU in a table of prices, one per node, from what the ledger has and what each node had at the start.
void primal_dual_prices(const Ledger& ledger, Sku sku, Money value, std::span<const Quantity> initial, std::span<Money> prices);

}  // namespace lastunit::core
