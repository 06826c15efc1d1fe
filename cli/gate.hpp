// `lastunit gate SCENARIO`: an answer for CI that is right.
#pragma once

#include "cli/command.hpp"

namespace lastunit::cli {

// Exit 0 PASS, 1 FAIL, 4 INVALID: the figures do not say. FAIL beats INVALID, INVALID beats PASS.
int gate(const Arguments& arguments);

}  // namespace lastunit::cli
