// --event: what is watched for, e.g. "oversold_units >= 3".
#pragma once

#include <string>

#include "model/scenario.hpp"
#include "sim/levels.hpp"

namespace lastunit::cli {

// `KPI >= bound` of a KPI that only grows during a run: oversold_units, oversold_orders or oversold_value, of the whole run or of
// channels.NAME or (units and value) skus.NAME. Throws BadInput that says what would be right.
sim::RareEvent parse_event(const std::string& text, const model::Scenario& scenario);

}  // namespace lastunit::cli
