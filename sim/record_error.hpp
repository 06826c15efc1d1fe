// How far the core's record is off, per (node, SKU), and what explains it. At every instant
//
//   on record - committed to no order = there + sold at tills, not yet told + mishaps noted
//
// where "there" is what somebody who counts can find (TruthCell::here) and the mishaps are phantom, misbooked, booked_twice and
// the lost sales of tills. What the other terms do not explain is phantom, and `settle` notes it.
#pragma once

#include <cstdint>
#include <vector>

#include "core/types.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

class RecordError {
   public:
    explicit RecordError(World& world);

    // A till's sale, on its way to the core: `sold` when the units have left, then one of `told` (after the core's `sell`) and
    // `never_told`.
    void sold(NodeId node, Sku sku, Quantity units) { untold_[world_.cell_of(node, sku)] += units; }
    void told(NodeId node, Sku sku, Quantity units);
    void never_told(NodeId node, Sku sku, Quantity units);

    // Units that stay allocated for ever although no order waits for them.
    void stranded(NodeId node, Sku sku, Quantity units);

    // Record or truth have changed without the other: to be called after every such change.
    void settle(NodeId node, Sku sku);
    // A count has put the record right: what had been booked wrongly before is over. Sales not yet told are still to come, and
    // will make the record fall short: they are phantom from now on.
    void counted(NodeId node, Sku sku);

    // Units on record that are not there, sales under way aside; negative: there, but not on record.
    Quantity excess(NodeId node, Sku sku) const;
    // What no note explains: 0 but for a mistake in here.
    Quantity unexplained(NodeId node, Sku sku) const;

    struct Sum {
        std::uint64_t excess = 0, shortage = 0;
    };
    Sum sum() const;  // over all cells

   private:
    using Cells = std::vector<Quantity>;  // SKU-major; empty until the first entry, but for untold_

    static Quantity at(const Cells& cells, std::size_t cell) { return cells.empty() ? 0 : cells[cell]; }
    Quantity noted(NodeId node, Sku sku) const;

    World& world_;
    Cells untold_;    // sold at a till, the message under way
    Cells lost_;      // ... the message lost; until the next count
    Cells stranded_;  // allocated for nobody
};

}  // namespace lastunit::sim
