// Names of outputs that carry a number: p_ge_3, p95, L_t5.5, P_le_2D.
#pragma once

#include <optional>
#include <string>

namespace lastunit::cli::validation {

// The number between `prefix` and `suffix`, when that is the whole name.
std::optional<double> number_after(const std::string& prefix, const std::string& name, const std::string& suffix = "");

}  // namespace lastunit::cli::validation
