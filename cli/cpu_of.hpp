// Processes of this machine whose processor time somebody wants to know: `--cpu-of PID[,PID...]`, each with all that descends
// from it.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include "cli/command.hpp"

namespace lastunit::cli {

struct WatchedProcess {
    pid_t process = 0;
    std::string name;     // as the kernel calls it: node, postgres
    std::string started;  // in clock ticks since the machine's start: another process of that number has another
    std::string text() const { return name + " (" + std::to_string(process) + ")"; }
};

// Of the option, in its order; empty without it. Throws BadInput: no number, nobody there, one that descends from another and
// would count twice, one that lastunit itself descends from.
std::vector<WatchedProcess> watched_processes(const Arguments& arguments);

// Microseconds of user and system time of all that is there below it, and of its children that have ended; -1: it is gone. The
// kernel counts in ticks of 10 ms.
std::int64_t cpu_us(const WatchedProcess& watched);

}  // namespace lastunit::cli
