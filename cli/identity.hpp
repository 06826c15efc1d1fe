// Who a run was: what makes its record comparable and repeatable.
#pragma once

#include <cstdint>
#include <string>

#include "cli/command.hpp"
#include "model/run_record.pb.h"
#include "model/scenario.hpp"

namespace lastunit::cli {

// A word of a command line, quoted where a shell would read more into it.
std::string shell_quoted(const std::string& word);

// The `lastunit run` that repeats it under this design (empty: the scenario's own): the seed is always named, also where the
// scenario's own was used; --set and --library are those of `arguments`.
std::string repeat_command(const Arguments& arguments, std::uint64_t seed, const std::string& design);

// Fills in what the simulator does not know: version, files, the command that repeats it, memory, and the verdicts of the gates.
void complete(model::RunRecord& record, const model::Scenario& scenario, const Arguments& arguments, std::uint64_t seed,
              const std::string& design);

}  // namespace lastunit::cli
