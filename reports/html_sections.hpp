// The sections of the page, each markup of its own; empty when the record has nothing for it.
#pragma once

#include <string>

#include "model/run_record.pb.h"

namespace lastunit::reports {

std::string live_section(const model::RunRecord& record);        // load/html.cpp
std::string day_section(const model::RunRecord& record);         // html_series.cpp
std::string map_section(const model::RunRecord& record);         // html_map.cpp
std::string gates_section(const model::RunRecord& record);       // html_tables.cpp, and the rest
std::string causes_section(const model::RunRecord& record);      // html_causes.cpp
std::string fulfilment_section(const model::RunRecord& record);  // html_fulfilment.cpp
std::string cost_section(const model::RunRecord& record);        // html_costs.cpp
std::string node_tables(const model::RunRecord& record);         // html_nodes.cpp, for the map's section
std::string channels_section(const model::RunRecord& record);
std::string edges_section(const model::RunRecord& record);
std::string shoppers_section(const model::RunRecord& record);
std::string balance_section(const model::RunRecord& record);
std::string identity_section(const model::RunRecord& record);

}  // namespace lastunit::reports
