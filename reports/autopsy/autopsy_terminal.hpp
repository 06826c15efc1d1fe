// An autopsy for a person who reads it in a terminal.
#pragma once

#include <string>

#include "model/autopsy.pb.h"
#include "reports/autopsy/autopsy.hpp"
#include "reports/terminal.hpp"

namespace lastunit::reports {

// The header sentence, the timeline, the counterfactuals where there are any. Ends with a newline.
std::string autopsy_text(const model::Autopsy& autopsy, const TerminalStyle& style = {});

// The `most` SKUs and the `most` orders with the highest value of oversold units, each with the command that explains it.
// `sku`: of this SKU alone; empty: of all.
std::string worst_text(const RunLog& log, std::size_t most, const std::string& sku, const std::string& run,
                       const TerminalStyle& style = {});

}  // namespace lastunit::reports
