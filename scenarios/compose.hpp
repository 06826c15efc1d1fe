// The effective tree of a scenario: the file on top of what it extends, then overrides, then the nodes on top of their kinds.
#pragma once

#include <span>
#include <string>

#include "scenarios/library.hpp"
#include "scenarios/tree.hpp"

namespace lastunit::scenarios {

// One `--set path=value`: a dotted path with keys of maps by name and list entries as [0] or .0; the value is YAML, `null`
// removes.
struct Override {
    std::string path;
    std::string value;
};

// Every value keeps the position where it was written; values of overrides have the override as their file and no line.
Tree compose(const std::string& path, std::span<const Override> overrides, const Library& library, Report& report);

}  // namespace lastunit::scenarios
