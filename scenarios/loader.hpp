// A scenario file to a model::Scenario, or every mistake in it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/scenario.hpp"
#include "scenarios/compose.hpp"
#include "scenarios/diagnostic.hpp"
#include "scenarios/library.hpp"

namespace lastunit::scenarios {

struct Loaded {
    std::optional<model::Scenario> scenario;  // only when there are no errors
    std::vector<Diagnostic> errors;           // sorted by file and position
};

// `file_or_name`: a path, or the name of a scenario in the library. A replayed log is read too; its bad rows beyond what the
// scenario allows are an error of `demand.replay.file`.
Loaded load(const std::string& file_or_name, std::span<const Override> overrides, const Library& library);

}  // namespace lastunit::scenarios
