// What this binary was built from.
#pragma once

#include "cli/command.hpp"

namespace lastunit::cli {

const char* version_number();  // "0.1.0"
const char* commit();          // as `git describe --always --dirty` said at build time; "unknown" outside git
const char* build_name();      // "release", "debug", "debug+sanitizers"

int version(const Arguments& arguments);

}  // namespace lastunit::cli
