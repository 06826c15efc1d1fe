#include "drivers/engine/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "drivers/engine/problem.hpp"

namespace lastunit::drivers {

Problem problem_with(const std::string& path, const std::string& what, int error) {
    return Problem(path + ": " + what + ": " + std::strerror(error));
}

File::~File() { close(); }

File& File::operator=(File&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

void File::close() {
    if (descriptor_ >= 0) ::close(descriptor_);
    descriptor_ = -1;
}

File open_file(const std::string& path, int flags) {
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC, 0644);
    if (descriptor < 0) throw problem_with(path, "cannot open it", errno);
    return File(descriptor);
}

WholeFile::WholeFile(const std::string& path) {
    const File file = open_file(path, O_RDONLY);
    struct stat status {};
    if (fstat(file.descriptor(), &status) != 0) throw problem_with(path, "cannot read it", errno);
    const auto expected = static_cast<std::size_t>(status.st_size);
    data_.reset(new std::byte[expected]);  // not zeroed: it is about to be filled
    while (size_ < expected) {
        const ssize_t n = ::read(file.descriptor(), data_.get() + size_, expected - size_);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) throw problem_with(path, "cannot read it", errno);
        if (n == 0) return;  // it became shorter: its end is missing, which its reader finds
        size_ += static_cast<std::size_t>(n);
    }
}

int write_all(int descriptor, std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return written < 0 ? errno : EIO;
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return 0;
}

int write_all_at(int descriptor, std::span<const std::byte> bytes, std::int64_t offset) {
    while (!bytes.empty()) {
        const ssize_t written = ::pwrite(descriptor, bytes.data(), bytes.size(), offset);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return written < 0 ? errno : EIO;
        bytes = bytes.subspan(static_cast<std::size_t>(written));
        offset += written;
    }
    return 0;
}

int sync_folder(const std::string& folder) {
    const File file(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (file.descriptor() < 0) return errno;
    return fsync(file.descriptor()) == 0 ? 0 : errno;
}

void replace_file(const std::string& folder, const std::string& name, std::span<const std::byte> content) {
    const std::string place = folder + "/" + name;
    const std::string beside = place + ".tmp";
    {
        const File file = open_file(beside, O_WRONLY | O_CREAT | O_TRUNC);
        int error = write_all(file.descriptor(), content);
        if (error == 0 && fsync(file.descriptor()) != 0) error = errno;
        if (error != 0) {
            ::unlink(beside.c_str());
            throw problem_with(place, "cannot write it", error);
        }
    }
    if (std::rename(beside.c_str(), place.c_str()) != 0) throw problem_with(place, "cannot write it", errno);
    if (const int error = sync_folder(folder); error != 0) throw problem_with(folder, "cannot sync it", error);
}

}  // namespace lastunit::drivers
