#include "drivers/faults/slow_disk.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "drivers/driver.hpp"
#include "drivers/engine/files.hpp"

namespace lastunit::drivers {

namespace fs = std::filesystem;

std::string SlowDisk::library_near(const std::string& program) {
    const fs::path folder = fs::path(program).parent_path();
    for (const fs::path& place : {folder, folder / "../lib/lastunit"}) {
        const fs::path library = place / "liblastunit_slow_disk.so";
        std::error_code ignored;
        if (fs::exists(library, ignored)) return fs::absolute(library, ignored).string();
    }
    return "";
}

SlowDisk::SlowDisk(const std::string& library, const std::string& control) : path_(control) {
    const auto failed = [&](const char* what) { return DriverError(path_ + ": " + what + ": " + std::strerror(errno)); };
    std::error_code error;
    fs::copy_file(library, copy_of_library(), fs::copy_options::overwrite_existing, error);
    if (error) throw DriverError(library + ": the library that slows a disk down cannot be copied: " + error.message());
    fs::permissions(copy_of_library(), fs::perms::owner_all | fs::perms::group_read | fs::perms::others_read, error);
    fs::permissions(fs::path(path_).parent_path(), fs::perms::others_exec, fs::perm_options::add, error);
    const File file(::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
    if (file.descriptor() < 0) throw failed("cannot make it");
    // Counted by the server too, whoever it runs as.
    if (fchmod(file.descriptor(), 0666) != 0 || ftruncate(file.descriptor(), sizeof(SlowDiskControl)) != 0)
        throw failed("cannot make it");
    void* mapped = mmap(nullptr, sizeof(SlowDiskControl), PROT_READ | PROT_WRITE, MAP_SHARED, file.descriptor(), 0);
    if (mapped == MAP_FAILED) throw failed("cannot map it");
    control_ = static_cast<SlowDiskControl*>(mapped);
    control_->delay_us = 0;
    control_->slowed = 0;
}

SlowDisk::~SlowDisk() {
    control_->delay_us = 0;
    munmap(control_, sizeof(SlowDiskControl));
}

std::vector<std::string> SlowDisk::environment() const {
    const char* before = std::getenv("LD_PRELOAD");
    const std::string others = before != nullptr && *before != '\0' ? std::string(":") + before : "";
    return {"LD_PRELOAD=" + copy_of_library() + others, std::string(kSlowDiskVariable) + "=" + path_};
}

std::string SlowDisk::copy_of_library() const { return path_ + ".so"; }

void SlowDisk::delay(Duration longer) { control_->delay_us = static_cast<std::uint64_t>(longer.us); }

std::uint64_t SlowDisk::slowed() const { return control_->slowed; }

}  // namespace lastunit::drivers
