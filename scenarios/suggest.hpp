// "Did you mean": the nearest of the names that would have been valid.
#pragma once

#include <string>
#include <vector>

namespace lastunit::scenarios {

// The one that was probably meant; empty when none is near.
std::string nearest(const std::string& name, const std::vector<std::string>& valid);

// "; did you mean `channels`?", or "; one of a, b, c" when none is near and they are few, or nothing.
std::string suggest(const std::string& name, const std::vector<std::string>& valid);

}  // namespace lastunit::scenarios
