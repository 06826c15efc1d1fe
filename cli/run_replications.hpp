// `lastunit run SCENARIO --replications N`: one design, many seeds.
#pragma once

#include "cli/command.hpp"

namespace lastunit::cli {

// Exit 0, or 1 when a gate failed in any replication, or 3 when a replication did not end.
int run_replications(const Arguments& arguments);

}  // namespace lastunit::cli
