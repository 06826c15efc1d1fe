// Assertions that stay on in release: a broken invariant is our bug, and selling on a broken ledger is worse than stopping.
#pragma once

#include <string_view>

namespace lastunit {

// What the process was doing, printed by a failed assertion so that one command repeats it: set once by whoever owns the run.
struct AssertContext {
    unsigned long long seed = 0;
    long long now_us = 0;
};
AssertContext& assert_context();

[[noreturn]] void assertion_failed(const char* condition, const char* file, int line, std::string_view values);

}  // namespace lastunit

#define LASTUNIT_ASSERT(condition, values)                                          \
    do {                                                                            \
        if (!(condition)) [[unlikely]]                                              \
            ::lastunit::assertion_failed(#condition, __FILE__, __LINE__, (values)); \
    } while (false)
