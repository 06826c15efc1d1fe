// One root of a study by splitting and all its paths. Each path that reaches a level goes on as several copies, which have what
// is past in common; every path runs to its end or to the event. What copies do is told by their branches alone, so the two ways
// to make them count the same, path by path.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "sim/levels.hpp"

namespace lastunit::cli {

struct Splitting {
    sim::RareEvent event;
    std::vector<std::int64_t> levels;  // importances, ascending
    double toll_per_s = 0;             // of the importance
    std::vector<std::int64_t> copies;  // into how many each path is split there, itself included; at least 1

    double paths_per_root() const;  // if all of them went all the way: the product of the copies
};

// What became of the paths of some roots.
struct PathCounts {
    std::int64_t hits = 0;              // paths with the event
    std::int64_t paths = 0;             // simulated to an end
    std::vector<std::int64_t> reached;  // [level]: paths that reached it, before they were split there

    // Of each path that passed the last level, how far it came, and for how many paths it stands. kEvent: it had the event.
    struct Furthest {
        std::int64_t importance = 0, weight = 1;
    };
    static constexpr std::int64_t kEvent = INT64_MAX;
    std::vector<Furthest> furthest;

    sim::Overdue overdue;

    void add(const PathCounts& other);
    std::string text() const;
    static PathCounts read(const std::string& text);  // throws std::runtime_error when it is no such text
};

// Simulates one path of a root from the root's beginning, asking the watch at its levels.
using PathRun = std::function<void(sim::LevelWatch&)>;

// The process forks where a level is reached: a copy is a process that ends with its path, one at a time. They die with their
// parent. What a copy throws, or the signal that ends it, is thrown here as one line that names the copy.
PathCounts count_forked(const Splitting& splitting, const PathRun& run);

// Each copy is simulated from the root's beginning, taking the branches of the path that it leaves. Faster where a run takes less
// time than a fork; `run` has to be repeatable in one process.
PathCounts count_replayed(const Splitting& splitting, const PathRun& run);

}  // namespace lastunit::cli
