// PostgreSQL and Redis as targets: somebody's, or a private server of the run's own.
#pragma once

#include "cli/load/target.hpp"

namespace lastunit::cli {

// Throw DriverError, or BadInput where this build has no such driver.
Target postgres_target(const TargetUrl& url, const TargetNeeds& needs);
Target redis_target(const TargetUrl& url, const TargetNeeds& needs);

}  // namespace lastunit::cli
