// Commands as several ranks on this machine.
#pragma once

#include <string>
#include <vector>

#include "tests/cli/process.hpp"

namespace lastunit::cli_tests {

// Says so aloud when it is false: without MPI in the build, or without mpirun, there is nothing to test.
bool has_mpirun();

// mpirun with its options, as root and on few cores too.
std::vector<std::string> as_ranks(std::size_t ranks, const std::vector<std::string>& options, const std::string& binary,
                                  const std::vector<std::string>& words);

Result run_as_ranks(const Sandbox& box, std::size_t ranks, const std::string& binary, const std::vector<std::string>& words);

}  // namespace lastunit::cli_tests
