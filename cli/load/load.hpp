// `lastunit load SCENARIO --target URL`: the scenario's shoppers against a live back end. docs/load.md is the manual.
#pragma once

#include "cli/command.hpp"

namespace lastunit::cli {

// 0 the schedule was held, the audit is sound and gates passed; 1 the audit refutes it or a gate failed; 2 bad input, or nobody
// there; 4 INVALID: the schedule was not held, or the audit is undecided; 130 stopped by Ctrl-C (reports are written all the
// same).
int load(const Arguments& arguments);

// `lastunit prepare SCENARIO --target URL`: schema and stock, and what was done.
int prepare(const Arguments& arguments);

}  // namespace lastunit::cli
