// What of a live target can be broken, and by which tool.
#pragma once

#include <functional>
#include <string>

#include "drivers/faults/proxy.hpp"
#include "drivers/faults/slow_disk.hpp"
#include "drivers/process/server_process.hpp"

namespace lastunit::drivers {

// Null: that tool is not there, and the faults that need it are left out with the reason. All of it outlives the controller.
struct Breakable {
    std::string name;                 // "PostgreSQL 15": for what is said of it
    ServerProcess* server = nullptr;  // ours to kill, stall and start again; null: somebody else's
    // Instead of server->start() after a kill, where a server's remains stand in its own way; returns at once, throws as that
    // does.
    std::function<void()> start_again;
    std::function<bool()> ready;  // it answers at this moment; with `server`; any thread
    Proxy* proxy = nullptr;       // through which the generator speaks to it
    SlowDisk* disk = nullptr;     // under it
    std::string no_disk;          // why `disk` is null, for the report
};

}  // namespace lastunit::drivers
