// From a command line to a loaded scenario.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "model/scenario.hpp"
#include "scenarios/loader.hpp"

namespace lastunit::cli {

// The values of --set and --routing. Throws BadInput when one is not PATH=VALUE.
std::vector<scenarios::Override> overrides(const Arguments& arguments);

// Loads a scenario by file or library name, under the design that --design names or else its own; prints every mistake on stderr
// and returns nothing when there is one. What had to be left out under that design is said on stderr as well.
std::optional<model::Scenario> load_or_explain(const std::string& file_or_name, const Arguments& arguments);
// The same under a design of the caller's choice, empty for the scenario's own, and nothing printed.
scenarios::Loaded load_scenario(const std::string& file_or_name, const std::string& design, const Arguments& arguments);

}  // namespace lastunit::cli
