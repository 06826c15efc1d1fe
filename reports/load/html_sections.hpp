// Parts of the page's section on a live run; markup, empty where the report has nothing for them.
#pragma once

#include <string>

#include "model/run_record.pb.h"

namespace lastunit::reports {

// Rates and latencies over the clock, faults marked.
std::string load_over_time(const model::LoadReport& load);  // html_over_time.cpp
// The three distributions by percentile, and their quantiles.
std::string load_latencies(const model::LoadReport& load);   // html_latencies.cpp
std::string load_audit_part(const model::LoadReport& load);  // html_audit.cpp

}  // namespace lastunit::reports
