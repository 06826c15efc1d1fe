// The name that was probably meant: for messages about a misspelt one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lastunit::model {

// Single-letter insertions, deletions and changes that lead from one to the other, capitals aside.
std::size_t edit_distance(std::string_view a, std::string_view b);

// The nearest of `names`, the first of equals. Where that is more than a slip of two letters away, the one in which `name` is a
// word (`cost` in cost_per_order) goes first: people shorten. Empty when even the nearest differs in more than half of its
// letters.
std::string nearest_name(std::string_view name, const std::vector<std::string>& names);

}  // namespace lastunit::model
