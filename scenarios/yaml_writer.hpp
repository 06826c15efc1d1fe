// A Tree as YAML text: an effective scenario that can be kept and run again.
#pragma once

#include <string>

#include "scenarios/tree.hpp"

namespace lastunit::scenarios {

// Read back by `read_yaml`, it is the same tree, but for positions.
std::string write_yaml(const Tree& tree);

}  // namespace lastunit::scenarios
