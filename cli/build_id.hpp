// Which binary this is, where the commit does not say it: built from sources that were changed since, or outside git.
#pragma once

#include <string>

namespace lastunit::cli {

// The linker's name of the running program, in hex digits: equal for equal code. Empty when it was linked without one.
std::string build_id();

}  // namespace lastunit::cli
