// What a design has that a planner may turn, and how far.
#pragma once

#include <vector>

#include "cli/search/variable.hpp"

namespace lastunit::cli {

// Of the scenario as it is, in this order; none that it does not have:
//   buffers        each channel's `buffer` and `node_buffer` that the design states, 0 to twice as many (4, 2 at least); where it
//   states none,
//                  one buffer of 0 to 5 for all channels that sell from a view
//   holds          `hold_ttl` of each channel: a quarter, as it is, four times
//   edges          `interval` of polls and snapshots, `ttl` of caches: a quarter to four times, five values
//   protection     units that stores keep for walk-in shoppers: 0 to twice as many (3 at least)
//   routing        nearest, cheapest, fewest_splits, where it is one of these
//   its weights    of `split_policy` and soft protection: none, as it is, twice as much
std::vector<Variable> searchable(const scenarios::Tree& tree);

}  // namespace lastunit::cli
