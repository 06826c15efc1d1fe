// The direction of dependence, as one table, and what breaks it.
//
//   core <- model <- scenarios <- {sim, drivers, reports} <- cli
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lastunit::house {

// Every #include (and clock, thread or environment) of `text` that the table does not allow for a file at `path` (from the root,
// "core/ledger.cpp"), as one sentence each.
std::vector<std::string> broken_rules(std::string_view path, std::string_view text);

}  // namespace lastunit::house
