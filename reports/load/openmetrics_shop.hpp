// What a shop over HTTP has for a dashboard: its steps, its books, its processor time.
#pragma once

#include "model/load_report.pb.h"
#include "reports/openmetrics_text.hpp"

namespace lastunit::reports {

// Nothing of any other target. A finding's kind that did not occur is a zero, so that an alert on it ends.
void shop_metrics(const model::LoadReport& load, MetricsText& text);

}  // namespace lastunit::reports
