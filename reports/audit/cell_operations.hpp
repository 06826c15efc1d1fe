// The history of each cell: what every operation did to it, or was told of it, and between which instants.
#pragma once

#include <span>
#include <vector>

#include "reports/audit/hold_lives.hpp"

namespace lastunit::reports::audit {

// Effects change the cell. Testimonies (deny, read) say something of it and change nothing.
enum class Act : std::uint8_t {
    take,   // available >= units, then committed + units
    give,   // committed - units: a hold's end, a deallocation
    stock,  // on_hand + units: received, returned
    sell,   // on_hand - units, not below zero; never refused
    count,  // on_hand becomes `units`
    deny,   // available < units
    read,   // available is `units`
    lack,   // one of several lines that were refused together: of all of them, one was short
};
inline bool is_effect(Act act) { return act < Act::deny; }

enum class Must : std::uint8_t {
    happen,        // once between `from` and `until`
    may,           // once, or never
    may_if_taken,  // never more often than its `take`s of the same units: both ends of a hold that is not known to be
};

struct CellOperation {
    SimTime from, until;          // until = kNever: any time later
    std::uint32_t operation = 0;  // index into the evidence
    Quantity units = 0;
    Act act{};
    Must must = Must::happen;
};

struct CellHistories {
    std::vector<CellOperation> operations;  // cell by cell, by `from`
    std::vector<std::uint32_t> first;       // [cell], and one more
    std::span<const CellOperation> of(CellIndex cell) const {
        return {operations.data() + first[cell], first[cell + 1] - first[cell]};
    }
};

CellHistories cell_histories(const Evidence& evidence, std::span<const HoldLife> holds);

}  // namespace lastunit::reports::audit
