// `lastunit validate FILE --coverage N`: are 95 % intervals right in 95 % of all studies?
#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/validation/case.hpp"

namespace lastunit::cli {

// Exit 0, or 1 when the intervals of an output cover its value less often than claimed, or more often without being exact tails.
int validate_coverage(const Arguments& arguments, const std::vector<validation::Case>& cases);

}  // namespace lastunit::cli
