// Conservation: the back end's own final state against what the operations must have left.
#pragma once

#include "reports/audit/cell_bounds.hpp"

namespace lastunit::reports::audit {

// Units that left or stayed, by everything that is certain (low) and everything that is possible (high).
struct CellTotals {
    Bounds stocked, sold, held, allocated;
};
// At the time of the read-back, or the end of the history.
std::vector<CellTotals> cell_totals(const Evidence& evidence, std::span<const HoldLife> holds);

// `most_clipped` per cell: CellBounds'. `counted`: cells with a count of which nobody knows what it did, so that on_hand is not
// judged here; `open_ends` of them are not judged elsewhere either.
void judge_conservation(const Evidence& evidence, std::span<const CellTotals> totals, std::span<const std::int64_t> most_clipped,
                        const std::vector<bool>& counted, std::uint64_t open_ends, Findings& findings);

}  // namespace lastunit::reports::audit
