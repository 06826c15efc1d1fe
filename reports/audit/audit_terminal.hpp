// An audit as a person reads it: the verdict first, then each check, then the stories.
#pragma once

#include <string>

#include "reports/audit/audit.hpp"
#include "reports/terminal.hpp"

namespace lastunit::reports::audit {

std::string audit_text(const AuditReport& report, const TerminalStyle& style = {});

}  // namespace lastunit::reports::audit
