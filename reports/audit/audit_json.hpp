// An audit as JSON: verdict, totals, checks, offences with the operations that show them. Times are microseconds since time 0 of
// the history.
#pragma once

#include <string>

#include "reports/audit/audit.hpp"

namespace lastunit::reports::audit {

std::string audit_json(const AuditReport& report);

}  // namespace lastunit::reports::audit
