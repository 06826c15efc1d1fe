// `lastunit target`: real shop platforms as systems under test (drivers/targets).
#pragma once

#include "cli/command.hpp"

namespace lastunit::cli {

int target(const Arguments& arguments);

}  // namespace lastunit::cli
