// An audit as part of the run record: the verdict, each check in a line, and the most telling stories.
#pragma once

#include "model/run_record.pb.h"
#include "reports/audit/audit.hpp"

namespace lastunit::reports::audit {

inline constexpr std::size_t kStoriesOfRecord = 5;

// At most kStoriesOfRecord stories, of different checks first, what was sold twice before all. `history` is the caller's to set.
model::LoadAudit load_audit(const AuditReport& report);

}  // namespace lastunit::reports::audit
