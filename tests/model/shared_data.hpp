// Real data that is not part of the project: tests that need it skip, aloud, where it is absent.
#pragma once

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>

namespace lastunit::test {

// The path of a file of the shared folder: $LASTUNIT_SHARED, or the source folder's neighbour `shared`.
inline std::optional<std::string> shared_file(const std::string& name) {
    const char* given = std::getenv("LASTUNIT_SHARED");
    const std::filesystem::path folder =
        given != nullptr ? std::filesystem::path(given) : std::filesystem::path(LASTUNIT_SOURCE_DIR).parent_path() / "shared";
    const std::filesystem::path path = folder / name;
    if (std::filesystem::exists(path)) return path.string();
    std::cout << "skipped: " << path.string() << " is absent (set LASTUNIT_SHARED to its folder)\n";
    WARN("skipped: " << path.string() << " is absent");
    return std::nullopt;
}

}  // namespace lastunit::test
