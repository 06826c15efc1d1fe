// What `lastunit gate` was asked.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "model/gate.pb.h"

namespace lastunit::cli {

struct GateOptions {
    std::optional<std::size_t> exactly, at_most;  // replications
    double tolerance = 0.02, resolution = 0.10;   // see reports/gate/requirement.hpp
    std::optional<model::GateBaseline> baseline;
    std::string write_baseline;  // where to; empty: it is judged, not written
    enum class Identical : std::uint8_t { reported, demanded } identical = Identical::reported;
    std::string old_binary, new_binary;  // whose CPU time is compared; empty: it is not
};

// Reads the baseline, and tries every file that is to be written. Throws BadInput.
GateOptions gate_options(const Arguments& arguments);

// The rows of the command's table.
std::vector<Option> gate_option_rows();

}  // namespace lastunit::cli
