// What a person reads after a gate.
#pragma once

#include <string>

#include "reports/gate/result.hpp"
#include "reports/terminal.hpp"

namespace lastunit::reports::gate {

// The verdict in its first line, the cases, why, and what else is to be known. Ends with a newline.
std::string summary(const Result& result, const TerminalStyle& style = {});

}  // namespace lastunit::reports::gate
