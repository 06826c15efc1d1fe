// `lastunit calibrate TARGET`: how long a live back end takes for each operation, as a table and as a design to simulate.
#pragma once

#include <string>

#include "cli/command.hpp"
#include "cli/load/prediction.hpp"

namespace lastunit::cli {

// 0; 2 for bad input, or nobody there.
int calibrate(const Arguments& arguments);

// Columns: operation, how often it was measured, mean, p50, p99, per second where many are under way. Ends with a newline.
std::string calibration_text(const Calibration& calibration);

}  // namespace lastunit::cli
