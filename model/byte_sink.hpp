// Bytes into a gzip file, piece by piece; the counterpart of ByteSource. Until `close` the file is called PATH.part: half a file
// never bears the name.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lastunit::model {

class ByteSink {
   public:
    explicit ByteSink(const std::string& path);
    ~ByteSink();  // not closed: removes what was written
    ByteSink(const ByteSink&) = delete;
    ByteSink& operator=(const ByteSink&) = delete;

    // After an error nothing more is written.
    void write(std::string_view bytes);
    // Ends the file and gives it its name. What went wrong since it was opened; empty: all is well.
    std::string close();
    std::uint64_t bytes_in() const { return bytes_in_; }  // before packing

   private:
    void fail();

    std::string path_, part_, error_;
    void* file_ = nullptr;  // gzFile: zlib stays in the source file
    std::uint64_t bytes_in_ = 0;
};

}  // namespace lastunit::model
