// The journal's end: segments of a fixed size, preallocated, so that a full disk is noticed before a command is applied and not
// after.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "drivers/engine/data_folder.hpp"

namespace lastunit::drivers {

class JournalWriter {
   public:
    JournalWriter(const DataFolder& folder, std::uint64_t segment_bytes) : folder_(folder), segment_bytes_(segment_bytes) {}

    // A place of `size` bytes for one group; its segment stays open while somebody has it.
    struct Place {
        std::shared_ptr<const File> segment;
        std::int64_t offset = 0;
    };

    // Makes sure that `bytes` can follow, from `next_sequence` on; begins a segment when they would not fit. 0, or the error's
    // number: then nothing has changed.
    int make_room(std::size_t bytes, std::uint64_t next_sequence);
    // Not more than was made room for.
    Place take(std::size_t bytes);

   private:
    const DataFolder& folder_;
    std::uint64_t segment_bytes_;
    std::shared_ptr<const File> segment_;
    std::uint64_t used_ = 0;
    std::uint64_t size_ = 0;
};

}  // namespace lastunit::drivers
