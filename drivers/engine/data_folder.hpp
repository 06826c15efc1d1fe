// The folder in which an engine keeps what it knows. One process at a time has it.
//
//   catalogue                       names of nodes, SKUs and channels: the numbers in commands are positions in it
//   snapshot-<sequence>             the whole state after that many calls; the newest two are kept
//   journal-<sequence of its first> commands since the older of them; preallocated, so zeros follow the last record
//   lock                            held while an engine runs
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "drivers/engine/files.hpp"

namespace lastunit::drivers {

class DataFolder {
   public:
    // Makes the folder when it is not there (its parent has to be). Throws Problem: another process has it, it is read-only, ...
    explicit DataFolder(std::string path);

    const std::string& path() const { return path_; }
    bool fresh() const;  // nothing has ever been kept here
    std::string file(const std::string& name) const { return path_ + "/" + name; }
    std::string journal(std::uint64_t first) const;
    std::string snapshot(std::uint64_t sequence) const;
    // Sequence numbers, ascending.
    std::vector<std::uint64_t> journals() const { return numbers("journal-"); }
    std::vector<std::uint64_t> snapshots() const { return numbers("snapshot-"); }
    // Deletes what recovery will never need again: all snapshots but the newest two, and the journals before the older of those.
    void tidy() const;
    int lock_descriptor() const { return lock_.descriptor(); }

   private:
    std::vector<std::uint64_t> numbers(const std::string& prefix) const;

    std::string path_;
    File lock_;
};

}  // namespace lastunit::drivers
