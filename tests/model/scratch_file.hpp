// A file with given content that lives as long as the object.
#pragma once

#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace lastunit::test {

class ScratchFile {
   public:
    explicit ScratchFile(const std::string& content)
        : path_((std::filesystem::temp_directory_path() / "lastunit-XXXXXX").string()) {
        const int handle = mkstemp(path_.data());
        if (handle < 0) throw std::runtime_error("no scratch file in " + path_);
        close(handle);
        std::ofstream(path_, std::ios::binary) << content;
    }
    ~ScratchFile() {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }
    ScratchFile(const ScratchFile&) = delete;
    ScratchFile& operator=(const ScratchFile&) = delete;

    const std::string& path() const { return path_; }

   private:
    std::string path_;
};

}  // namespace lastunit::test
