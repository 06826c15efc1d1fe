// How long a prepared back end takes, one operation at a time and all at once.
#pragma once

#include "cli/load/prediction.hpp"
#include "cli/load/target.hpp"

namespace lastunit::cli {

// The back end has to be prepared again afterwards. Throws BadInput: it does not answer.
Calibration measure_at_low_load(Target& target, const drivers::InitialStock& stock);

}  // namespace lastunit::cli
