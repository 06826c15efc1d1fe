// A folder of a private server's own, gone with its owner.
#pragma once

#include <string>

#include "drivers/process/spawn.hpp"

namespace lastunit::drivers {

class TemporaryFolder {
   public:
    // $TMPDIR/lastunit-PURPOSE-XXXXXX (/tmp where TMPDIR is not set), mode 0700. Throws DriverError.
    explicit TemporaryFolder(const std::string& purpose);
    ~TemporaryFolder();  // with all that is in it, whoever made it; what cannot be removed stays, in silence
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::string& path() const { return path_; }
    std::string path(const std::string& name) const { return path_ + "/" + name; }
    // For a server that runs as this user. Throws DriverError.
    void give_to(const User& user) const;

   private:
    std::string path_;
};

}  // namespace lastunit::drivers
