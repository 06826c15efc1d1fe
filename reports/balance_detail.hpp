// The sentences about what a record breaks down: SKU classes, paths, funnels, distributions and the network over time.
#pragma once

#include <vector>

#include "model/run_record.pb.h"
#include "reports/balance.hpp"

namespace lastunit::reports {

// Adds the lines that always hold, and, where the run has no warm-up, those that hold its parts against KPIs. What a record lacks
// (one of an older version) gives no line.
void add_detail(const model::RunRecord& record, std::vector<BalanceLine>& lines);

}  // namespace lastunit::reports
