// YAML text to a Tree. The only file that knows yaml-cpp.
#pragma once

#include <string>

#include "scenarios/tree.hpp"

namespace lastunit::scenarios {

// A file's name gives every value its position; an override ("--set path=value") has no lines of its own.
enum class Origin : std::uint8_t { file, override_value };

// What could not be read is reported, with its position; the tree is what was understood up to there.
Tree read_yaml(const std::string& text, const std::string& name, Origin origin, Report& report);

}  // namespace lastunit::scenarios
