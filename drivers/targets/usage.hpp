// What a process has used, with all that descends from it.
#pragma once

#include <sys/types.h>

#include <cstdint>

namespace lastunit::drivers::targets {

struct Usage {
    double cpu_s = 0;               // user and system, of children that have ended as well
    std::uint64_t resident_mb = 0;  // shared pages are counted in each process
};
Usage usage_of(pid_t root);  // nothing, for a process that is gone

}  // namespace lastunit::drivers::targets
