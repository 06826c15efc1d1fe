// `lastunit list`: the scenarios of the library, by name.
#pragma once

#include "cli/command.hpp"

namespace lastunit::cli {

int list(const Arguments& arguments);

}  // namespace lastunit::cli
