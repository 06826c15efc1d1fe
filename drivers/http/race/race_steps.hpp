// A race step by step.
#pragma once

#include <vector>

#include "drivers/http/race/race.hpp"
#include "drivers/http/step_counts.hpp"

namespace lastunit::drivers::http {

// The flow's purchase up to its promise, then those cancel steps and webhooks that were sent, in the flow's order. `why` is left
// out.
std::vector<StepCounts> steps_of(const Plan& plan, const RaceRun& run);

}  // namespace lastunit::drivers::http
