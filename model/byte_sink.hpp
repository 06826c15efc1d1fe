// Bytes into a gzip file, piece by piece; the counterpart of ByteSource. Until `close` the file is called PATH.part: half a file
// never bears the name. A device or a pipe has nothing to rename, and is written as it is.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lastunit::model {

enum class Into : std::uint8_t { new_file, as_it_is };

class ByteSink {
   public:
    explicit ByteSink(const std::string& path, Into into = Into::new_file);
    ~ByteSink();  // not closed: removes what was written, where it is a new file
    ByteSink(const ByteSink&) = delete;
    ByteSink& operator=(const ByteSink&) = delete;

    // After an error nothing more is written.
    void write(std::string_view bytes);
    // Ends the file and gives it its name. What went wrong since it was opened; empty: all is well.
    std::string close();
    std::uint64_t bytes_in() const { return bytes_in_; }  // before packing

   private:
    void fail();
    bool renames() const { return part_ != path_; }

    std::string path_, part_, error_;
    void* file_ = nullptr;  // gzFile: zlib stays in the source file
    std::uint64_t bytes_in_ = 0;
};

}  // namespace lastunit::model
