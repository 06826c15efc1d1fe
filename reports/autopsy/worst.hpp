// Which of a run's oversold lines its report looks into.
#pragma once

#include <string>
#include <vector>

#include "reports/autopsy/autopsy.hpp"

namespace lastunit::reports {

inline constexpr std::size_t kMostLinesOfSku = 3;

// Of each SKU named the lines that tell most, one SKU after the other: its oversold lines are grouped by cause and channel, and
// of the groups with most units, at most three, each gives its first line. Names that the log does not know are passed over.
std::vector<const OversoldUnits*> most_telling(const RunLog& log, const std::vector<std::string>& skus);

}  // namespace lastunit::reports
