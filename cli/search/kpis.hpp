// KPIs as sweep and plan are asked for them.
#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"
#include "model/scenario.hpp"

namespace lastunit::cli {

// cost, oversell, undersell, time, lost for cost_per_order, oversell_rate, undersold_units, fulfilment_time_s.p90,
// lost_sales_units; anything else is a path.
std::string kpi_of_alias(const std::string& name);

// --kpi A,B,C, or what a sweep shows otherwise. Throws BadInput with the nearest KPI that there is.
std::vector<std::string> kpis_of(const Arguments& arguments, const std::string& currency);
std::string checked_kpi(const std::string& option, const std::string& name, const std::string& currency);

// "oversell_rate<0.1%", also with an alias, and with a tolerance in the KPI's unit or as a share of the bound: "<0.1% +-10%".
struct Constraint {
    model::Gate gate;
    double tolerance = 0;
};
Constraint constraint_of(const std::string& text, const std::string& currency);

}  // namespace lastunit::cli
