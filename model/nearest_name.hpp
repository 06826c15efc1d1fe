// The name that was probably meant: for messages about a misspelt one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lastunit::model {

// Single-letter insertions, deletions and changes that lead from one to the other, capitals aside.
std::size_t edit_distance(std::string_view a, std::string_view b);

// The nearest of `names`, the first of equals; empty when even that one differs in more than half of its letters.
std::string nearest_name(std::string_view name, const std::vector<std::string>& names);

}  // namespace lastunit::model
