// The same shoppers under several designs, side by side: one run each.
#pragma once

#include <span>
#include <string>

#include "model/run_record.pb.h"
#include "reports/terminal.hpp"

namespace lastunit::reports {

// Records of one scenario and seed, one per design, in any order; fewest oversold units first.
std::string comparison(std::span<const model::RunRecord> records, const TerminalStyle& style = {});

// A table for a README or an issue.
std::string comparison_markdown(std::span<const model::RunRecord> records);

// {"scenario", "seed", "designs": [...]}: of each design identity, kpi, channels and edges of its record, in the order given.
std::string comparison_json(std::span<const model::RunRecord> records);

// Empty when all were run with the same shoppers; else what differs. Otherwise a comparison would say nothing about the designs.
std::string unequal_shoppers(std::span<const model::RunRecord> records);

}  // namespace lastunit::reports
