// Every KPI of a run by the path that gates use: "oversell_rate", "fulfilment_time_s.p99", "oversold_causes.race",
// "channels.web.oversold_units"; of a live run "load.response_s.p99".
#pragma once

#include <string>
#include <vector>

#include "model/run_record.pb.h"

namespace lastunit::reports {

struct KpiValue {
    std::string path;
    double value = 0;
};

// In the order of the schema, the run's own first, then channel by channel, then the load's. Left out is what was not measured
// (statistics of an empty sample, but for their count) and what is not a finite number. Whole numbers are exact up to 2^53.
std::vector<KpiValue> kpi_values(const model::RunRecord& record);

}  // namespace lastunit::reports
