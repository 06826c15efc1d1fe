// `lastunit flow race`: a shop's concurrency under test, and a verdict.
#pragma once

#include "cli/command.hpp"

namespace lastunit::cli {

int flow_race(const Arguments& arguments);

}  // namespace lastunit::cli
