#include "core/routing/primal_dual.hpp"

#include <algorithm>
#include <cmath>

#include "core/assert.hpp"

namespace lastunit::core {

Money primal_dual_price(Money value, Quantity initial, Quantity remaining) {
    if (initial <= 0 || remaining <= 0) return value;
    if (remaining >= initial) return 0;
    const double used = 1.0 - static_cast<double>(remaining) / static_cast<double>(initial);
    return std::llround(static_cast<double>(value) * std::expm1(used) / std::expm1(1.0));
}

void primal_dual_prices(const Ledger& ledger, Sku sku, Money value, std::span<const Quantity> initial, std::span<Money> prices) {
    const std::span<const Cell> cells = ledger.cells_of(sku);
    LASTUNIT_ASSERT(initial.size() == cells.size() && prices.size() == cells.size(), "one price per node");
    for (std::size_t node = 0; node < cells.size(); ++node)
        prices[node] = primal_dual_price(value, initial[node], cells[node].atp());
}

}  // namespace lastunit::core
