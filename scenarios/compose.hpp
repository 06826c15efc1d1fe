// The effective tree of a scenario: the file on top of what it extends, another design in the place of its own, overrides, and
// then what is said of kinds (of nodes, of channels) put into the entries of that kind.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "scenarios/library.hpp"
#include "scenarios/tree.hpp"

namespace lastunit::scenarios {

// One `--set path=value`: a dotted path with keys of maps by name and list entries as [0] or .0; the value is YAML, `null`
// removes.
struct Override {
    std::string path;
    std::string value;
};

// One file on top of what it extends.
Tree compose_file(const std::string& path, const Library& library, Report& report);

// Every value keeps the position where it was written; values of overrides have the override as their file and no line.
// `design`: a file whose `design` section takes the place of the scenario's own, or empty. Faults of hosts, links and edges that
// only the scenario's own design has go with it: they come back in `left_out`.
struct LeftOutFault {
    std::string name, kind;
    std::string why;  // "design `unified` has no host `esb`"
    Position at;
};
Tree compose(const std::string& path, const std::string& design, std::span<const Override> overrides, const Library& library,
             std::vector<LeftOutFault>& left_out, Report& report);

}  // namespace lastunit::scenarios
