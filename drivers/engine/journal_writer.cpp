#include "drivers/engine/journal_writer.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace lastunit::drivers {

int JournalWriter::make_room(std::size_t bytes, std::uint64_t next_sequence) {
    if (segment_ && used_ + bytes <= size_) return 0;
    const std::string path = folder_.journal(next_sequence);
    const std::uint64_t size = std::max<std::uint64_t>(segment_bytes_, bytes);
    // Truncated: what lies there under this name holds no record, or recovery would have gone on after it.
    File file(::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    if (file.descriptor() < 0) return errno;
    int error = posix_fallocate(file.descriptor(), 0, static_cast<off_t>(size));
    if (error == 0 && fsync(file.descriptor()) != 0) error = errno;
    if (error == 0) error = sync_folder(folder_.path());
    if (error != 0) {
        unlink(path.c_str());
        return error;
    }
    segment_ = std::make_shared<const File>(std::move(file));
    used_ = 0;
    size_ = size;
    return 0;
}

JournalWriter::Place JournalWriter::take(std::size_t bytes) {
    const Place place{segment_, static_cast<std::int64_t>(used_)};
    used_ += bytes;
    return place;
}

}  // namespace lastunit::drivers
