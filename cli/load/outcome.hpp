// How a live run ends: the files, the summary, the exit code.
#pragma once

#include <vector>

#include "cli/command.hpp"
#include "cli/outputs.hpp"
#include "model/run_record.pb.h"

namespace lastunit::cli {

// Writes the outputs and prints the summary, or with --quiet what is wrong. `autopsies`: for the page. The exit code
// (cli/load/load.hpp).
int report_live_run(const model::RunRecord& record, const std::vector<model::Autopsy>& autopsies,
                    const std::vector<Output>& outputs, const Arguments& arguments);

}  // namespace lastunit::cli
