// Whether all that a cell's operations did and told fits into one order: each takes effect at one instant between its invocation
// and its answer, one after the other, on a record of available = on_hand - committed - safety (Herlihy & Wing 1990).
//
// Just-in-time linearization (Lowe 2017): time is walked from answer to answer with the set of configurations (which pending
// operations have taken effect already, and what that left); one whose operation has to have taken effect is extended by the
// pending ones that make it possible, and by no others. What keeps the set small on an inventory cell:
//   - a testimony (read, refusal) is taken at the first moment it is true, because it changes nothing;
//   - of equal pending effects the one that ends first goes first, because they could be swapped;
//   - a configuration from which another can be reached stands for it: giving before taking never hurts;
//   - operations of unknown answer are counted by kind, not told apart, because nothing ends them.
// The walk first extends within narrow limits, twice: soon over, then wider. Where that fails it goes back to the last moment at
// which the set was known to be all there is, and searches without limits but the budget: refuted is only what was searched
// whole.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "reports/audit/cell_operations.hpp"

namespace lastunit::reports::audit {

struct CellState {
    std::int64_t on_hand = 0, committed = 0;
    bool operator==(const CellState&) const = default;
};

// A moment at which the record was the same in every order, and nothing pending had taken effect.
struct Certainty {
    std::size_t event = 0;  // so many invocations and answers lie before it
    SimTime at;
    CellState state;
    std::uint64_t unknown_used = 0;  // operations of unknown answer that have taken effect; 0: none
};

struct Linearization {
    enum class Verdict : std::uint8_t { linearizable, refuted, undecided } verdict = Verdict::linearizable;
    std::size_t failed_at = 0;           // refuted: the operation for which no order is left
    std::uint64_t visited = 0;           // configurations
    std::vector<Certainty> certainties;  // when asked for; up to the failure
};

enum class Keep : std::uint8_t { verdict, certainties };

// `budget` bounds the configurations visited, and with them time and memory (some hundred bytes each, and a microsecond at 200
// operations at a time), of the wide walk and the proof; half of it is for the narrow walk before them.
Linearization linearize(std::span<const CellOperation> operations, CellState start, std::int64_t safety, std::uint64_t budget,
                        Keep keep = Keep::verdict);

}  // namespace lastunit::reports::audit
