// What each hold did to its cells, and whether it ended once and in its time.
#pragma once

#include "reports/audit/findings.hpp"

namespace lastunit::reports::audit {

inline constexpr std::uint32_t kNoOperation = UINT32_MAX;

// When the units of a hold became free again.
struct GiveBack {
    enum class Is : std::uint8_t { never, certain, possible } is = Is::never;
    SimTime from, until;              // until = kNever: any time later
    std::uint32_t by = kNoOperation;  // the release; none: its time ran out
};

struct HoldLife {
    std::uint32_t hold = kNoOperation;  // the operation that took the units
    bool surely_made = false;           // applied, or something else proves it
    SimTime made_by = kNever;           // it had taken effect then, where it surely did
    GiveBack back;
    std::uint32_t confirm = kNoOperation;  // what made an order of it, or may have
    bool surely_confirmed = false;
};

// One life per hold that took units or may have, in the order of hold identities. A confirm of unknown answer whose order was
// read back in the end has been applied.
std::vector<HoldLife> hold_lives(const Evidence& evidence, Findings& findings);

}  // namespace lastunit::reports::audit
