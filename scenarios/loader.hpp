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
    std::vector<Diagnostic> notes;            // what does not fit the design of another file, and what became of it
};

// `file_or_name`: a path, or the name of a scenario in the library. A replayed log is read too; its bad rows beyond what the
// scenario allows are an error of `demand.replay.file`. `design`, when it is not empty, is a path or the name of a design in the
// library: it takes the place of the scenario's own before the overrides apply.
Loaded load(const std::string& file_or_name, std::span<const Override> overrides, const Library& library,
            const std::string& design = "");

}  // namespace lastunit::scenarios
