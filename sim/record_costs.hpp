// What things cost, into the run record.
#pragma once

#include "model/run_record.pb.h"
#include "sim/costs.hpp"
#include "sim/recorder.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

void fill_costs(model::Kpi& out, const Counters& counters);  // of the orders
// Of the run: what nodes spend besides, and what a year of this design costs. After `fill_costs`.
void fill_run_costs(model::RunRecord& record, const World& world, const Counters& total);
void fill_node_costs(model::NodeKpi& out, const World& world, NodeId node);

}  // namespace lastunit::sim
