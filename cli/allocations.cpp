#include "cli/allocations.hpp"

#include <cstdlib>
#include <new>

#if LASTUNIT_COUNT_ALLOCATIONS

namespace {

// Of this thread: no lock, no atomic, one addition. The simulator has one thread.
thread_local std::uint64_t count = 0;

void* counted(void* memory) {
    if (memory == nullptr) throw std::bad_alloc();
    ++count;
    return memory;
}

}  // namespace

// The forms for arrays and those that do not throw call these (C++ standard, [new.delete]).
void* operator new(std::size_t bytes) { return counted(std::malloc(bytes == 0 ? 1 : bytes)); }
void* operator new(std::size_t bytes, std::align_val_t alignment) {
    const auto to = static_cast<std::size_t>(alignment);
    return counted(std::aligned_alloc(to, (bytes + to - 1) / to * to));
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

namespace lastunit::cli {
std::uint64_t allocations() { return count; }
}  // namespace lastunit::cli

#else

namespace lastunit::cli {
std::uint64_t allocations() { return 0; }
}  // namespace lastunit::cli

#endif
