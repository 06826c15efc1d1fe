// Idempotency: attempts that share a key are one intended change.
#pragma once

#include "reports/audit/findings.hpp"

namespace lastunit::reports::audit {

// Joins the attempts of each key into their first one, which then lasts from the first sending to the earliest answer, and judges
// that all answers agree. What was refused before it was executed (overloaded, a key used for something else) no longer counts.
void join_attempts(Evidence& evidence, Findings& findings);

}  // namespace lastunit::reports::audit
