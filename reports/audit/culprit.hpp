// The smallest part of a cell's history that no order fits, where the whole has none.
#pragma once

#include "reports/audit/linearize.hpp"

namespace lastunit::reports::audit {

struct Culprit {
    std::vector<CellOperation> operations;  // by invocation; without any one of them the rest has an order
    std::int64_t available = 0;             // before them
    SimTime since;                          // when that was certain
    bool from_start = false;                // nothing was certain later than the initial stock
};

// The window begins at the last moment at which the record was certain and the failing operation would have been right, if that
// is near. In it each operation is doubted in turn: an effect may then happen at any time or never, a testimony is left out. What
// can be doubted without an order becoming possible is no part of the contradiction.
Culprit culprit_of(std::span<const CellOperation> operations, CellState start, std::int64_t safety, std::size_t failed_at,
                   std::uint64_t budget);

}  // namespace lastunit::reports::audit
