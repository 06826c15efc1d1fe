// What `lastunit compare` compares: designs, each under every routing policy that was named.
#pragma once

#include <vector>

#include "cli/command.hpp"
#include "cli/study/task.hpp"

namespace lastunit::cli {

// In the order of --designs and --routing. All of them are read before the first is run: a mistake in the last costs no minutes.
// Every mistake is said on stderr, once, with the designs under which it was found; then the answer is empty. Throws BadInput.
std::vector<Arm> arms_to_compare(const Arguments& arguments);

}  // namespace lastunit::cli
