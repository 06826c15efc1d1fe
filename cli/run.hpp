// `lastunit run SCENARIO`: one simulated run and its reports.
#pragma once

#include "cli/command.hpp"

namespace lastunit::cli {

// Exit 0, or 1 when a gate failed, or 130 when a signal stopped the run (its reports are written all the same, marked partial).
int run(const Arguments& arguments);

}  // namespace lastunit::cli
