// Gates: what a run must keep to, as CI asks it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/run_record.pb.h"
#include "model/scenario.hpp"

namespace lastunit::reports {

// One verdict per gate, in order. A KPI's path names a number inside the KPI object: "oversell_rate", "fulfilment_time_s.p99",
// "oversold_causes.race", of one channel: "channels.web.oversold_units", or of a live run: "load.response_s.p99";
// money is in minor units, rates are fractions, times are seconds. A gate fails when its KPI does not exist, is not a number, or
// is a time of which nothing was measured (an empty sample must not pass for a fast one); the verdict's text then says so.
// Not judged are gates of a partial run and of an INVALID live one, those about a live run in any other, and those against a
// baseline: one run cannot tell (reports/gate).
std::vector<model::GateVerdict> judge(const std::vector<model::Gate>& gates, const model::RunRecord& record);

// A KPI that means nothing without orders; `path` inside the run's KPIs or a channel's.
bool per_order(std::string_view path);

// A KPI's value as a person reads it, its unit told from its path: "0.67 %", "1 d 23 h", "481,123".
std::string kpi_text(std::string_view path, double value);

}  // namespace lastunit::reports
