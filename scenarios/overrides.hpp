// `--set path=value` on a tree.
#pragma once

#include "scenarios/compose.hpp"

namespace lastunit::scenarios {

// Puts the value where the path says, making the maps on the way; a misspelt name on the way is found when the fields are read.
void apply_override(Tree& root, const Override& override_, Report& report);

}  // namespace lastunit::scenarios
