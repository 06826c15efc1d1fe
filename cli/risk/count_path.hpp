// What both ways to make copies share.
#pragma once

#include "cli/risk/paths.hpp"

namespace lastunit::cli {

// A path has come to its end. One with the event would have been split at each level that it jumped over, and all of its copies
// have the event: they are counted, and need not be simulated.
void count_path(const Splitting& splitting, const sim::LevelWatch& watch, PathCounts& into);

}  // namespace lastunit::cli
