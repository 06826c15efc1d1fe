#include "scenarios/files.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

namespace lastunit::scenarios {

std::optional<std::string> read_text(const std::string& path) {
    constexpr std::uintmax_t kLargest = 64U << 20U;
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) return std::nullopt;
    const std::uintmax_t size = std::filesystem::file_size(path, error);
    if (error || size > kLargest) return std::nullopt;
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file) return std::nullopt;
    return text.str();
}

}  // namespace lastunit::scenarios
