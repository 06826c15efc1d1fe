// `--set path=value` on a tree.
#pragma once

#include "scenarios/compose.hpp"

namespace lastunit::scenarios {

// "a.b[2].c" -> a, b, 2, c. Empty when a part is empty or a bracket is not closed.
std::vector<std::string> path_parts(const std::string& path);

// Puts the value where the path says, making the maps on the way; a misspelt name on the way is found when the fields are read.
void apply_override(Tree& root, const Override& override_, Report& report);

}  // namespace lastunit::scenarios
