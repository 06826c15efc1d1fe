// Which folders of scenarios a command looks into.
#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"

namespace lastunit::cli {

// In order of precedence: --library (may be repeated), the folders of LASTUNIT_SCENARIOS (separated by ':'), and the library that
// came with this binary (installed beside it, or in the source tree it was built from). Throws BadInput when a named folder is
// not there.
std::vector<std::string> library_folders(const Arguments& arguments);

}  // namespace lastunit::cli
