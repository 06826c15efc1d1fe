// `lastunit sweep`
#pragma once

#include "cli/command.hpp"

namespace lastunit::cli {

int sweep(const Arguments& arguments);

}  // namespace lastunit::cli
