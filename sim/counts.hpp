// How the record learns from the shelf: cycle counts, and pickers who come back with less than they were sent for.
#pragma once

#include <cstdint>
#include <vector>

#include "core/ledger.hpp"
#include "core/types.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

// Why a piece was not picked whole.
enum class NotPicked : std::uint8_t {
    absent,         // not so many are on the shelf
    overlooked,     // they are, and the picker did not see them
    not_available,  // the system does not let the last available units be picked
};

// What a picker reports who did not find everything (model::Accuracy).
struct PickReport {
    enum class Reason : std::uint8_t { not_found, mismatch, damaged };
    Reason reason = Reason::not_found;
    Quantity units = 0;  // damaged
};

class Counts {
   public:
    explicit Counts(World& world);

    void start();
    // EventKind::cycle_count: every SKU of the node is counted, with what is picked or in shoppers' hands; misplaced units are
    // found.
    void count(std::uint32_t node);

    // A picker came back without (all of) an order's line. Whoever counts after that sees the shelf and what is picked; units in
    // shoppers' hands are missed, and the record falls short by them. The record is corrected by the reason that is reported:
    // what is not found is counted off; of a mismatch the other item is counted as well; damaged units leave the shelf, and are
    // quarantined.
    PickReport pick_failed(OrderId order, const core::Line& missing, NotPicked why);

    // Who loads a truck finds fewer units than are free on record: a failed pick of no order.
    void seen_by_loader(NodeId node, Sku sku);

   private:
    bool record_learns(NodeId node) const;
    void correct(NodeId node, Sku sku, Quantity counted);
    PickReport::Reason draw_reason(OrderId order, const core::Line& missing) const;
    bool count_other(OrderId order, const core::Line& missing);
    Quantity set_damaged_aside(const core::Line& missing);

    World& world_;
    std::vector<std::uint32_t> counts_;  // [node]: so far
};

}  // namespace lastunit::sim
