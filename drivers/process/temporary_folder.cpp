#include "drivers/process/temporary_folder.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "drivers/driver.hpp"

namespace lastunit::drivers {

TemporaryFolder::TemporaryFolder(const std::string& purpose) {
    const char* wanted = std::getenv("TMPDIR");
    const std::string base = wanted != nullptr && *wanted != '\0' ? wanted : "/tmp";
    path_ = base + "/lastunit-" + purpose + "-XXXXXX";
    if (mkdtemp(path_.data()) == nullptr) throw DriverError(base + ": cannot make a temporary folder: " + std::strerror(errno));
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::permissions(path_, std::filesystem::perms::owner_all, std::filesystem::perm_options::add, ignored);
    std::filesystem::remove_all(path_, ignored);
}

void TemporaryFolder::give_to(const User& user) const {
    if (chown(path_.c_str(), user.uid, user.gid) != 0)
        throw DriverError(path_ + ": cannot give it to another user: " + std::strerror(errno));
}

}  // namespace lastunit::drivers
