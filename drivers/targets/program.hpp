// Programs that run to their end: npm, a migration, a seed.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "drivers/process/spawn.hpp"

namespace lastunit::drivers::targets {

// Called again and again while something takes its time; what it throws ends that, processes included.
using Tick = std::function<void()>;

// Returns when it has ended well. Throws DriverError with the end of its log otherwise: "NAME: exit code 1: ...".
void run_to_end(const std::string& name, const ServerCommand& command, const Tick& tick);

// The first line of what it prints; empty when it fails. For questions that are answered at once.
std::string output_of(const std::vector<std::string>& words);

}  // namespace lastunit::drivers::targets
