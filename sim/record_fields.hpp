// Figures into the run record's fields: one function per kind of message.
#pragma once

#include <cstdint>
#include <string>

#include "model/histogram.hpp"
#include "model/run_record.pb.h"
#include "sim/recorder.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

std::string hex16(std::uint64_t value);
void fill_times(model::TimeStats& out, const model::Histogram& times);
void fill_kpi(model::Kpi& out, const Counters& counters);  // all but what only the whole run has
void fill_nodes(model::RunRecord& record, const World& world);
void fill_carriers(model::RunRecord& record, const World& world);
void fill_drops(model::RunRecord& record, const model::Scenario& scenario);
std::uint64_t stock_at_end(const World& world);  // on shelves, in fulfilment and in shoppers' hands

}  // namespace lastunit::sim
