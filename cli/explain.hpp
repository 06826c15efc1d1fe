// `lastunit explain RUN`: why a unit of a run was oversold, and what would have avoided it.
#pragma once

#include "cli/command.hpp"

namespace lastunit::cli {

// RUN: the folder of `lastunit run --out DIR --log`, or the log itself. Exit 0, or 2 when there is no such unit or the log cannot
// be used.
int explain(const Arguments& arguments);

}  // namespace lastunit::cli
