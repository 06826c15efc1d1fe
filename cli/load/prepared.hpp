// Whether a back end that somebody else has prepared has what the scenario begins with.
#pragma once

#include <string>

#include "cli/load/live_run.hpp"
#include "drivers/driver.hpp"

namespace lastunit::cli {

// The first difference, in words: units on hand of a cell, something held or allocated, an order. Empty: none.
std::string unlike(const drivers::FinalState& state, const drivers::InitialStock& stock);

// Reads the back end's state; throws BadInput unless it is the scenario's stock with nothing held and no orders. Otherwise the
// audit would charge what an earlier run left to this one.
void check_prepared(const LiveRun& run, const drivers::InitialStock& stock);

}  // namespace lastunit::cli
