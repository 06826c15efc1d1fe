// What a linearizability search fixes before it walks: events, slots of pending operations, classes of unknown ones.
#pragma once

#include <algorithm>
#include <vector>

#include "reports/audit/linearize.hpp"

namespace lastunit::reports::audit {

struct LinearizePlan {
    struct Event {
        SimTime at;
        std::uint32_t operation;
        bool is_end;
    };
    // Unknown operations of one kind: how many have been invoked is known at every moment, which of them took effect is of no
    // matter.
    struct Unknowns {
        Act act{};
        Must must{};
        Quantity units = 0;
        std::int32_t taken_in = -1;  // may_if_taken: the class of the takes that these give back
    };

    LinearizePlan(std::span<const CellOperation> operations, CellState start);

    std::vector<Event> events;
    std::vector<std::uint32_t> place;  // [operation] its slot; of an unknown one, its class
    std::vector<Unknowns> unknowns;
    std::size_t slots = 0;
    // No count, and on_hand never met zero: effects commute.
    bool commutes = true;

    // A configuration: on_hand, committed, used of each class, a bit per slot.
    std::size_t used_at() const { return 2; }
    std::size_t bits_at() const { return 2 + unknowns.size(); }
    std::size_t words() const { return bits_at() + (slots + 63) / 64; }

   private:
    void place_all(std::span<const CellOperation> operations);
    std::uint32_t class_of(const CellOperation& op);
    void find_whether_it_commutes(std::span<const CellOperation> operations, CellState start);
};

}  // namespace lastunit::reports::audit
