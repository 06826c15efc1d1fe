// Reads a file of reference cases: {"cases": [{"id": .., "inputs": {..}, "outputs": {..}}, ..]}, or the list alone.
#pragma once

#include <string>
#include <vector>

#include "cli/validation/case.hpp"

namespace lastunit::cli::validation {

// Throws BadInput when the file cannot be read, is not JSON, or a case has no id, inputs or outputs. Whether the values make
// sense is known only to the case's family: see Case::problem and Inputs.
std::vector<Case> read_cases(const std::string& path);

}  // namespace lastunit::cli::validation
