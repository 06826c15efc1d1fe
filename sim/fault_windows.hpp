// When a fault is there: spans of simulated time, known before the run begins.
#pragma once

#include <cstdint>
#include <vector>

#include "core/types.hpp"
#include "model/faults.hpp"

namespace lastunit::sim {

struct FaultWindow {
    SimTime from;
    SimTime until;
};

// In order, apart from each other: windows that overlap or touch are one. `number` of the fault keys its draws. A fault without a
// length lasts until the horizon; windows begin before the horizon and may end after it.
std::vector<FaultWindow> fault_windows(const model::Fault& fault, std::uint32_t number, std::uint64_t seed, SimTime horizon);

}  // namespace lastunit::sim
