// CPU time of an order, of an old and a new lastunit on the same runs.
#pragma once

#include <string>
#include <vector>

#include "cli/gate/options.hpp"
#include "cli/study/task.hpp"
#include "reports/gate/result.hpp"

namespace lastunit::cli {

// Both programs simulate the arm's scenario with the same seeds, one process at a time; their CPU time is what the kernel counted
// for the process and its children. Short runs are repeated until there is enough of it. Throws BadInput when a program cannot do
// the run. `notes`: what differs between the two.
reports::gate::Case compare_cpu_time(const GateOptions& options, const Arm& arm, std::uint64_t first_seed,
                                     std::vector<std::string>& notes);

}  // namespace lastunit::cli
