// Calls of operator new in this test program so far.
#pragma once

#include <cstddef>

namespace lastunit::core::testing {

std::size_t allocations();

}  // namespace lastunit::core::testing
