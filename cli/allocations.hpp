// How often memory was asked for: a cost that is the same on a fast machine and on a slow one.
#pragma once

#include <cstdint>

namespace lastunit::cli {

// Calls of operator new by this thread so far; always 0 in a build with sanitizers, which have an operator new of their own.
std::uint64_t allocations();

}  // namespace lastunit::cli
