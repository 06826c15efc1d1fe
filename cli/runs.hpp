// The runs that are kept: `lastunit runs`, `show`, `export`, `merge`.
#pragma once

#include "cli/command.hpp"

namespace lastunit::cli {

int runs(const Arguments& arguments);         // lists them
int show(const Arguments& arguments);         // one of them, as the run reported it
int export_runs(const Arguments& arguments);  // every KPI of every run, as CSV or JSON
int merge(const Arguments& arguments);        // joins stores

}  // namespace lastunit::cli
