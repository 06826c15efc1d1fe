// A gate over the replications of an arm: how often it was kept to, and how to repeat the first run that was not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "reports/study/figures.hpp"

namespace lastunit::reports {

struct GateTally {
    std::string text, kpi;
    double bound = 0;
    std::vector<double> values;  // of the replications that were judged
    std::size_t broken = 0, judged = 0;
    std::uint64_t first_seed = 0;  // of those that broke it
    std::string repeat_command;    // of that one
};
// One per gate of the scenario, in its order; gates that no replication could judge are there with `judged` 0.
std::vector<GateTally> gate_tallies(std::span<const Replication* const> runs);

}  // namespace lastunit::reports
