// Loaded into a server by LD_PRELOAD: its syncs take longer. Uses nothing but the C library, and neither allocates nor locks: a
// sync may be called anywhere.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <ctime>

#include "drivers/faults/preload/slow_disk_control.hpp"

namespace {

using lastunit::drivers::SlowDiskControl;

constexpr std::uint64_t kLook = 2'000;  // microseconds of sleep after which the delay is read again: it may be over

SlowDiskControl* control = nullptr;

template <class Function> Function* the_systems(const char* name) { return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name)); }
int (*system_fsync)(int) = nullptr;
int (*system_fdatasync)(int) = nullptr;
int (*system_sync_file_range)(int, off64_t, off64_t, unsigned) = nullptr;
int (*system_msync)(void*, size_t, int) = nullptr;

__attribute__((constructor)) void begin() {
    system_fsync = the_systems<int(int)>("fsync");
    system_fdatasync = the_systems<int(int)>("fdatasync");
    system_sync_file_range = the_systems<int(int, off64_t, off64_t, unsigned)>("sync_file_range");
    system_msync = the_systems<int(void*, size_t, int)>("msync");
    const char* path = getenv(lastunit::drivers::kSlowDiskVariable);
    if (path == nullptr) return;
    const int file = open(path, O_RDWR | O_CLOEXEC);
    if (file < 0) return;
    void* mapped = mmap(nullptr, sizeof(SlowDiskControl), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (mapped != MAP_FAILED) control = static_cast<SlowDiskControl*>(mapped);
}

std::uint64_t now_us() {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000 + static_cast<std::uint64_t>(now.tv_nsec) / 1'000;
}

// Sleeps after the system's own sync, whose result and errno stay.
int slowed(int result) {
    if (control == nullptr || control->delay_us.load(std::memory_order_relaxed) == 0) return result;
    const int error = errno;
    control->slowed.fetch_add(1, std::memory_order_relaxed);
    const std::uint64_t begun = now_us();
    for (;;) {
        const std::uint64_t wanted = control->delay_us.load(std::memory_order_relaxed);
        const std::uint64_t passed = now_us() - begun;
        if (passed >= wanted) break;
        const std::uint64_t rest = wanted - passed < kLook ? wanted - passed : kLook;
        const timespec nap{.tv_sec = 0, .tv_nsec = static_cast<long>(rest * 1'000)};
        nanosleep(&nap, nullptr);
    }
    errno = error;
    return result;
}

}  // namespace

extern "C" {

__attribute__((visibility("default"))) int fsync(int file) { return slowed(system_fsync(file)); }
__attribute__((visibility("default"))) int fdatasync(int file) { return slowed(system_fdatasync(file)); }
__attribute__((visibility("default"))) int sync_file_range(int file, off64_t from, off64_t bytes, unsigned flags) {
    return slowed(system_sync_file_range(file, from, bytes, flags));
}
__attribute__((visibility("default"))) int msync(void* from, size_t bytes, int flags) {
    const int result = system_msync(from, bytes, flags);
    return (flags & MS_SYNC) != 0 ? slowed(result) : result;
}
}
