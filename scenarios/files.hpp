// Whole text files, the one way in which scenarios touch the disk.
#pragma once

#include <optional>
#include <string>

namespace lastunit::scenarios {

// Empty when it is not a regular file that can be read, or is larger than any scenario (64 MiB).
std::optional<std::string> read_text(const std::string& path);

}  // namespace lastunit::scenarios
