// `lastunit route ORDER.yaml --scenario S`: where one order would come from, and why.
#pragma once

#include "cli/command.hpp"

namespace lastunit::cli {

// Exit 0 when the order is planned, 1 when it is not.
int route(const Arguments& arguments);

}  // namespace lastunit::cli
