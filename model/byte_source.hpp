// The bytes of a file, unpacked on the way when it is gzip (known by its first bytes, not by its name).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lastunit::model {

class ByteSource {
   public:
    explicit ByteSource(const std::string& path);
    ~ByteSource();
    ByteSource(const ByteSource&) = delete;
    ByteSource& operator=(const ByteSource&) = delete;

    // The next piece, valid until the next call; empty at the end of the file or after an error.
    std::string_view read();
    // Why the file could not be opened, or not read to its end. Empty: all is well.
    const std::string& error() const { return error_; }

   private:
    void* file_ = nullptr;  // gzFile: zlib stays in the source file
    std::string error_;
    std::vector<char> buffer_;
};

}  // namespace lastunit::model
