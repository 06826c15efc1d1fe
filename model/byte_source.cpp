#include "model/byte_source.hpp"

#include <zlib.h>

#include <cerrno>
#include <cstring>

namespace lastunit::model {

namespace {

constexpr unsigned kPiece = 256 * 1024;

gzFile as_gz(void* file) { return static_cast<gzFile>(file); }

}  // namespace

ByteSource::ByteSource(const std::string& path) : buffer_(kPiece) {
    errno = 0;
    gzFile file = gzopen(path.c_str(), "rb");
    if (file == nullptr) {
        error_ = errno != 0 ? std::strerror(errno) : "cannot be opened";
        return;
    }
    gzbuffer(file, kPiece);
    file_ = file;
}

ByteSource::~ByteSource() {
    if (file_ != nullptr) gzclose(as_gz(file_));
}

std::string_view ByteSource::read() {
    if (file_ == nullptr || !error_.empty()) return {};
    const int got = gzread(as_gz(file_), buffer_.data(), kPiece);
    if (got > 0) return {buffer_.data(), static_cast<std::size_t>(got)};
    int code = Z_OK;
    const char* message = gzerror(as_gz(file_), &code);
    if (code == Z_BUF_ERROR)
        error_ = "the compressed data ends too early";
    else if (code == Z_ERRNO)
        error_ = std::strerror(errno);
    else if (code != Z_OK && code != Z_STREAM_END)
        error_ = message;
    return {};
}

}  // namespace lastunit::model
