// `KPI < bound`: which KPIs there are is read from the run record's own descriptor.
#pragma once

#include <string>
#include <variant>

#include "model/scenario.hpp"

namespace lastunit::scenarios {

// The gate, or what is wrong with its text. Bounds are in the KPI's unit: rates as shares (0.1%), times in seconds (48h), amounts
// in the unit that the record holds (minor units, or major units for cost_per_order), counts as bare numbers.
std::variant<model::Gate, std::string> parse_gate(const std::string& text, const std::string& currency);

}  // namespace lastunit::scenarios
