// `lastunit audit`: proves or refutes what a live system sold, from its recorded history.
#pragma once

#include "cli/command.hpp"

namespace lastunit::cli {

// 0 sound, 1 refuted, 2 no whole history, 4 undecided: nothing against it, but not all could be judged.
int audit(const Arguments& arguments);

}  // namespace lastunit::cli
