// A finished run as OpenMetrics text, for a textfile collector: what a dashboard of nightly runs plots and alerts on.
#pragma once

#include <string>

#include "model/run_record.pb.h"

namespace lastunit::reports {

// Gauges and, of a live run, the three times as summaries; every sample has the run's scenario, design, seed and, of a live run,
// target and mode as labels. Also valid as Prometheus text 0.0.4. Ends with "# EOF".
std::string openmetrics(const model::RunRecord& record);

}  // namespace lastunit::reports
