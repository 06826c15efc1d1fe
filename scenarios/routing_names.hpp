// The words that `design.routing` may be.
#pragma once

#include <string>
#include <vector>

namespace lastunit::scenarios {

std::vector<std::string> routing_names();

}  // namespace lastunit::scenarios
