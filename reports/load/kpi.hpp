// The figures of a live run that gates, comparisons and the store know, by their paths: "load.response_s.p99".
#pragma once

#include "model/run_record.pb.h"

namespace lastunit::reports {

// Of an absent report: all zero, nothing measured.
model::LoadKpi load_kpi(const model::LoadReport& load);

}  // namespace lastunit::reports
