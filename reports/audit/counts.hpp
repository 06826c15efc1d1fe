// Counts as what they did. "On hand becomes 7" is an effect that depends on what came before it, and no two such commute. But
// on_hand is changed by deliveries, returns, sales and counts alone: where none of them is under way during a count and what came
// before is certain, the count added or took away a certain number of units, in every order there is. It then stands for just
// that, exactly.
#pragma once

#include <span>
#include <vector>

#include "reports/audit/cell_operations.hpp"
#include "reports/audit/linearize.hpp"

namespace lastunit::reports::audit {

struct ResolvedCounts {
    // As before, but for the counts that are resolved: `stock` of what was added, `sell` of what was taken away, left out where
    // it is nothing.
    std::vector<CellOperation> operations;
    std::int64_t added = 0, taken_away = 0;  // by those, units
    std::uint64_t left = 0;                  // counts whose effect depends on the order; they stay as they are
};

// Linear in the history, after a sort.
ResolvedCounts resolve_counts(std::span<const CellOperation> operations, CellState start);

}  // namespace lastunit::reports::audit
