// Many roots, in processes of their own, several at a time. What comes out does not depend on how many.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "cli/risk/paths.hpp"

namespace lastunit::cli {

// How a path is split. The result is the same.
enum class Copying : std::uint8_t { forks, replays };

struct RootPlan {
    // Simulates one path of the root of this seed.
    std::function<void(std::uint64_t seed, sim::LevelWatch&)> run;
    std::function<std::string(std::uint64_t seed)> repeat_command;  // for what is said of a failure
    std::function<void(std::size_t done)> on_done = {};             // roots, in this process
    std::size_t per_process = 1;                                    // roots; 1 where a process can simulate once only
    unsigned at_once = 0;                                           // processes; 0 = one per core
    Copying copying = Copying::forks;
};

struct Roots {
    std::vector<PathCounts> counts;  // by root; complete unless stopped
    bool stopped = false;            // by Ctrl-C
    double cpu_s = 0;
};

// `count` roots with the seeds first, first + 1, ... Throws std::runtime_error where one did not end: a lost root would be a miss
// that nobody counted.
Roots simulate_roots(const RootPlan& plan, const Splitting& splitting, std::uint64_t first, std::size_t count);

}  // namespace lastunit::cli
