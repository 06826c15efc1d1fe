// The file that a generator and the server it slows down have both mapped.
#pragma once

#include <atomic>
#include <cstdint>

namespace lastunit::drivers {

inline constexpr char kSlowDiskVariable[] = "LASTUNIT_SLOW_DISK";  // of the environment: the file's path

struct SlowDiskControl {
    std::atomic<std::uint64_t> delay_us;  // of every sync, from now on
    std::atomic<std::uint64_t> slowed;    // syncs that were delayed
};
static_assert(std::atomic<std::uint64_t>::is_always_lock_free, "two processes share it");

}  // namespace lastunit::drivers
