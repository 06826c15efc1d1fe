// Diagnostics on stderr. Results go to stdout and are never logged.
#pragma once

#include <cstdint>
#include <string>

namespace lastunit::cli {

enum class Verbosity : std::uint8_t { warnings, verbose };

void set_up_log(Verbosity verbosity);
void log_detail(const std::string& message);  // with --verbose only

}  // namespace lastunit::cli
