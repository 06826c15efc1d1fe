// Programs of this machine that a target needs, and what to install where one is missing.
#pragma once

#include <string>

#include "drivers/targets/kind.hpp"

namespace lastunit::drivers::targets {

struct Tools {
    std::string node, npm;  // paths
};

// An executable of that name in one of the folders of `path` (as $PATH); empty: there is none.
std::string find_program(const std::string& name, const std::string& path);

// The first number of what `node --version` says ("v20.20.2"); 0 when it is none.
unsigned major_version(const std::string& said);

// Throws DriverError that names the missing program and Debian's package of it, or says that Node.js is too old. `path` as $PATH.
Tools find_tools(const TargetKind& kind, Locking locking, const std::string& path);

}  // namespace lastunit::drivers::targets
