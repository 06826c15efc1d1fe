// Orders: every acknowledged promise is in the back end's final read-back, and nothing that nobody asked for.
#pragma once

#include "reports/audit/hold_lives.hpp"

namespace lastunit::reports::audit {

void judge_orders(const Evidence& evidence, std::span<const HoldLife> holds, Findings& findings);

}  // namespace lastunit::reports::audit
