// A race before its judge (drivers/http/judge.hpp).
#pragma once

#include "drivers/http/judge.hpp"
#include "drivers/http/race/race.hpp"

namespace lastunit::drivers::http {

// Of a run without a problem.
Verdict judge(const RaceRun& run);
// Not empty: the orders that were read cannot be judged.
std::string nobodys_orders(const RaceRun& run);

}  // namespace lastunit::drivers::http
