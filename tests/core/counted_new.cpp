#include "tests/core/counted_new.hpp"

#include <cstdlib>
#include <new>

namespace {
std::size_t calls = 0;
}

void* operator new(std::size_t size) {
    ++calls;
    if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace lastunit::core::testing {

std::size_t allocations() { return calls; }

}  // namespace lastunit::core::testing
