// Files of a report: whole or not at all.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lastunit::reports {

// Writes into a temporary file beside `path`, flushes it to the disk and renames it: a reader sees the old file or the new one,
// never half of one. "-" is standard output; a device or pipe (/dev/null) is written directly; a symbolic link is followed.
// Returns what went wrong, with the path and the reason; nothing when it went well.
std::optional<std::string> write_file(const std::string& path, std::string_view content);

// The same answer before a long run: would `write_file` get as far as its first byte? Creates and removes an empty temporary
// file.
std::optional<std::string> check_writable(const std::string& path);

// Where a file goes that is written piece by piece: links followed, and whether there is a device or a pipe, which is neither
// replaced nor renamed.
enum class Found : std::uint8_t { file_or_nothing, device_or_pipe };
struct Destination {
    std::string path;
    Found found{};
};
Destination destination_of(const std::string& path);

}  // namespace lastunit::reports
