// --routing: the policy that takes the place of the design's own.
#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"

namespace lastunit::cli {

// In order; none when the option is not given. Throws BadInput for a policy that there is not, with the nearest that there is.
std::vector<std::string> routings_named(const Arguments& arguments);

// PATH=VALUE of --set and of --routing: all that was changed in the scenario, in the order in which it applies.
std::vector<std::string> changes_of(const Arguments& arguments);

}  // namespace lastunit::cli
