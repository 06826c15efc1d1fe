// What is certain of a cell without looking for an order: sums over time, once with everything that must have happened by then
// and once with everything that may have. Linear in the history.
#pragma once

#include "reports/audit/cell_operations.hpp"
#include "reports/audit/linearize.hpp"

namespace lastunit::reports::audit {

struct CellBounds {
    // Units promised beyond what was there. Not those that a till sold beyond the record, which nobody could refuse.
    Bounds oversold;
    std::vector<std::uint32_t> oversold_by;   // the promise that went beyond, and those just before it; of the evidence
    std::int64_t beyond_record = 0;           // certainly sold by tills beyond what was there and free
    std::vector<std::uint32_t> surely_there;  // refusals during all of which the units were there
    // Units that `sell` may have taken beyond on_hand, which stays at zero.
    std::int64_t most_clipped = 0;
    bool counted = false;  // a count is left whose effect nobody knows: nothing of this is judged
};

// `counted_away`: units of sales that were none, but counts that found less (counts.hpp).
CellBounds cell_bounds(std::span<const CellOperation> operations, CellState start, std::int64_t safety,
                       std::int64_t counted_away = 0);

}  // namespace lastunit::reports::audit
