#include "cli/load/low_load.hpp"

#include <algorithm>
#include <vector>

#include "cli/command.hpp"

namespace lastunit::cli {
namespace {

}  // namespace

Calibration measure_at_low_load(Target&, const drivers::InitialStock&) { throw BadInput("--predict: not yet"); }

}  // namespace lastunit::cli
