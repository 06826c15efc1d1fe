// A disk that takes longer to make things durable, for servers that we start ourselves.
//
// A small library (preload/slow_disk_preload.cpp) is loaded before the server's own by LD_PRELOAD. Its fsync, fdatasync,
// sync_file_range and msync are the system's, and sleep for some time more, as much as a number in a file says that both
// processes have mapped: it changes while the server runs, and costs a load and a comparison while it is zero. A server that is
// linked statically, makes its system calls itself, or opens its files with O_DSYNC is not slowed: slowed() tells.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/types.hpp"
#include "drivers/faults/preload/slow_disk_control.hpp"

namespace lastunit::drivers {

class SlowDisk {
   public:
    // The library beside `program`, or in ../lib/lastunit from there; "" where it was not built or is not found.
    static std::string library_near(const std::string& program);

    // Makes the file `control` and, beside it, a copy of the library: the server may run as a user who cannot read ours. Their
    // folder may be entered by others from then on. Throws DriverError.
    SlowDisk(const std::string& library, const std::string& control);
    ~SlowDisk();  // back to full speed; the files stay
    SlowDisk(const SlowDisk&) = delete;
    SlowDisk& operator=(const SlowDisk&) = delete;

    // For ServerCommand::environment.
    std::vector<std::string> environment() const;
    // Every sync takes so much longer from now on; also one that sleeps already, up to the new time.
    void delay(Duration longer);
    // How many were made longer so far, in all processes: that the library was loaded at all.
    std::uint64_t slowed() const;

   private:
    std::string copy_of_library() const;

    const std::string path_;
    SlowDiskControl* control_ = nullptr;
};

}  // namespace lastunit::drivers
