// A design of its own file in the place of a scenario's.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/compose.hpp"

namespace lastunit::scenarios {

// The path of a design: a file, or a name in the library's designs. Reports what is wrong with the name.
std::optional<std::string> locate_design(const std::string& file_or_name, const Library& library, Report& report);

// Puts the `design` section of the file at `path` in the place of the root's; it is named for the file unless it names itself.
// The file may be a whole scenario: the rest of it does not matter here.
void replace_design(Tree& root, const std::string& path, const Library& library, Report& report);

// Takes out the faults of hosts, links and edges that the design of `root` has not and `own`, the scenario's own design, has. A
// name that neither has stays: it is a mistake, and is reported as one.
std::vector<LeftOutFault> leave_out_faults(Tree& root, const Tree& own);

}  // namespace lastunit::scenarios
