// Where to put the levels, and into how many copies to split there. Its runs are not counted: a study with levels that were
// chosen by looking at its own runs would be biased.
#pragma once

#include "cli/risk/roots.hpp"

namespace lastunit::cli {

struct Pilot {
    Splitting splitting;
    std::int64_t paths = 0;
    double cpu_s = 0;
    double cpu_per_run_s = 0;  // of a run that is not split
    bool stopped = false;      // by Ctrl-C
};

// Stage by stage, the same roots each time: among the paths that have passed the levels so far, the next level is where about a
// quarter of them comes, and there each path is split into so many that as many go on as there are roots. Over when the event
// itself is not rare any more, or nobody comes further. `plan.copying` becomes the faster way where `per_process` leaves a
// choice.
Pilot place_levels(RootPlan& plan, const sim::RareEvent& event, std::uint64_t first_seed, std::size_t roots);

// Roots without a level have been simulated: what a run costs, and which way to make copies is the faster.
void choose_copying(RootPlan& plan, Pilot& pilot, const Roots& plain);

}  // namespace lastunit::cli
