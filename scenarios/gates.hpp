// `KPI < bound`: which KPIs there are is read from the run record's own descriptor; those of a live run begin with `load.`.
#pragma once

#include <string>
#include <variant>

#include "model/scenario.hpp"

namespace lastunit::scenarios {

// `KPI < BOUND`; a statistic of a time may be written `p99(fulfilment_time)` for `fulfilment_time_s.p99`. BOUND is an amount, or
// `baseline`, `baseline + AMOUNT`, `baseline - AMOUNT`; there a percentage is a share of the baseline's value, whatever the KPI.
//
// The gate, or what is wrong with its text. Bounds are in the KPI's unit: rates as shares (0.1%), times in seconds (48h), amounts
// in the unit that the record holds (minor units, or major units for cost_per_order), counts as bare numbers.
std::variant<model::Gate, std::string> parse_gate(const std::string& text, const std::string& currency);

}  // namespace lastunit::scenarios
