// `lastunit validate FILE`: simulates the reference cases of a file and compares the estimates with the exact values.
#pragma once

#include "cli/command.hpp"

namespace lastunit::cli {

// Exit 0 when every case that ran passed, 1 when one failed, 2 when the file is not one of reference cases or has nothing that
// can be compared here.
int validate(const Arguments& arguments);

}  // namespace lastunit::cli
