#include "drivers/targets/folders.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "drivers/driver.hpp"

namespace lastunit::drivers::targets {

TargetFolders target_folders(const char* xdg_cache_home, const char* home) {
    // The XDG specification: a relative path there is ignored.
    if (xdg_cache_home != nullptr && xdg_cache_home[0] == '/') return {std::string(xdg_cache_home) + "/lastunit/targets"};
    if (home != nullptr && home[0] == '/') return {std::string(home) + "/.cache/lastunit/targets"};
    throw DriverError("where may targets be installed? Set HOME, or XDG_CACHE_HOME, to a folder");
}

void make_folder(const std::string& path) {
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (error) throw DriverError(path + ": cannot make this folder: " + error.message());
}

std::optional<File> try_lock(const std::string& path) {
    File file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (file.descriptor() < 0) throw DriverError(path + ": cannot open it: " + std::strerror(errno));
    if (flock(file.descriptor(), LOCK_EX | LOCK_NB) != 0) return std::nullopt;
    return file;
}

}  // namespace lastunit::drivers::targets
