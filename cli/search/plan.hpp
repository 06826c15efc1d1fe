// `lastunit plan`
#pragma once

#include "cli/command.hpp"

namespace lastunit::cli {

int plan(const Arguments& arguments);

}  // namespace lastunit::cli
