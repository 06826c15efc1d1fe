// `lastunit compare SCENARIO`: the same shoppers under several designs.
#pragma once

#include "cli/command.hpp"

namespace lastunit::cli {

// Exit 0, or 1 when a design broke a gate, or 3 when one of the runs did not end.
int compare(const Arguments& arguments);

}  // namespace lastunit::cli
