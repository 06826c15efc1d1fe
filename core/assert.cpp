#include "core/assert.hpp"

#include <cstdio>
#include <cstdlib>

namespace lastunit {

AssertContext& assert_context() {
    static AssertContext context;
    return context;
}

void assertion_failed(const char* condition, const char* file, int line, std::string_view values) {
    const AssertContext& context = assert_context();
    std::fprintf(stderr, "%s:%d: broken: %s [%.*s] seed=%llu now_us=%lld\n", file, line, condition,
                 static_cast<int>(values.size()), values.data(), context.seed, context.now_us);
    std::fflush(stderr);
    std::abort();
}

}  // namespace lastunit
