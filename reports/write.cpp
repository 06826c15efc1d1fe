#include "reports/write.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace lastunit::reports {
namespace {

namespace fs = std::filesystem;

std::string failure(const std::string& path, const std::string& reason) { return "cannot write " + path + ": " + reason; }
std::string failure(const std::string& path, int error) { return failure(path, std::string(std::strerror(error))); }

// 0, or the errno of the write that failed.
int write_all(int file, std::string_view content) {
    while (!content.empty()) {
        const ssize_t written = ::write(file, content.data(), content.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
}

struct Target {
    fs::path path;        // links resolved
    bool direct = false;  // a device or pipe: nothing to rename
    std::optional<std::string> error;
};

Target find_target(const std::string& path) {
    if (path.empty()) return {{}, false, "cannot write a report: the path is empty"};
    std::error_code ignored;
    Target target{path, false, std::nullopt};
    // As many as Linux itself follows. By hand, because a link may point to a file that is not there yet.
    for (int links = 0; links < 40 && fs::is_symlink(target.path, ignored); ++links)
        target.path = target.path.parent_path() / fs::read_symlink(target.path, ignored);
    const fs::file_status status = fs::status(target.path, ignored);
    if (fs::is_directory(status) || path.ends_with('/')) {
        target.error = failure(path, "it is a directory");
    } else if (fs::exists(status) && !fs::is_regular_file(status)) {
        target.direct = true;
    } else {
        const fs::path folder = target.path.has_parent_path() ? target.path.parent_path() : fs::path(".");
        const fs::file_status parent = fs::status(folder, ignored);
        if (!fs::exists(parent))
            target.error = failure(path, "there is no folder " + folder.string());
        else if (!fs::is_directory(parent))
            target.error = failure(path, folder.string() + " is not a folder");
    }
    return target;
}

fs::path temporary_name(const fs::path& path) {
    fs::path name = path;
    name += ".tmp-" + std::to_string(::getpid());
    return name;
}

// Opens an empty temporary file; -1 and errno when it cannot. One that a crashed process with our id left behind is replaced.
int open_temporary(const fs::path& name) {
    ::unlink(name.c_str());
    return ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
}

std::optional<std::string> write_direct(const std::string& path, std::string_view content) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (file < 0) return failure(path, errno);
    const int error = write_all(file, content);
    ::close(file);
    if (error != 0) return failure(path, error);
    return std::nullopt;
}

}  // namespace

std::optional<std::string> write_file(const std::string& path, std::string_view content) {
    if (path == "-") {
        const int error = write_all(STDOUT_FILENO, content);
        if (error != 0) return failure("standard output", error);
        return std::nullopt;
    }
    const Target target = find_target(path);
    if (target.error) return target.error;
    if (target.direct) return write_direct(path, content);

    const fs::path temporary = temporary_name(target.path);
    const int file = open_temporary(temporary);
    if (file < 0) return failure(path, errno);
    int error = write_all(file, content);
    if (error == 0 && ::fsync(file) != 0) error = errno;
    if (::close(file) != 0 && error == 0) error = errno;
    if (error == 0 && ::rename(temporary.c_str(), target.path.c_str()) != 0) error = errno;
    if (error == 0) return std::nullopt;
    ::unlink(temporary.c_str());
    return failure(path, error);
}

Destination destination_of(const std::string& path) {
    const Target target = find_target(path);
    return {target.path.string(), target.direct ? Found::device_or_pipe : Found::file_or_nothing};
}

std::optional<std::string> check_writable(const std::string& path) {
    if (path == "-") return std::nullopt;
    const Target target = find_target(path);
    if (target.error) return target.error;
    if (target.direct) {
        if (::access(path.c_str(), W_OK) != 0) return failure(path, errno);
        return std::nullopt;
    }
    const fs::path temporary = temporary_name(target.path);
    const int file = open_temporary(temporary);
    if (file < 0) return failure(path, errno);
    ::close(file);
    ::unlink(temporary.c_str());
    return std::nullopt;
}

}  // namespace lastunit::reports
