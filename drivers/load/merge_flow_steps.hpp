// The steps of a shop's flow, as several generators that shared one load have counted them.
#pragma once

#include <span>

#include "model/load_report.pb.h"

namespace lastunit::drivers {

// Into `out`, the same bytes in whatever order and grouping. Counts and histograms add up; shoppers too, of whom each is one
// generator's. Steps that all have in one order stay first, which are those of the purchase; the others follow by name.
void merge_flow_steps(model::LoadReport& out, std::span<const model::LoadReport> reports);

}  // namespace lastunit::drivers
