// `lastunit check FILE...`: every mistake of every scenario, or one line that says what it describes.
#pragma once

#include "cli/command.hpp"

namespace lastunit::cli {

int check(const Arguments& arguments);

}  // namespace lastunit::cli
