// A history file of a test's own, gone with it.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <string>

namespace lastunit::test {

class RecordedFile {
   public:
    RecordedFile()
        : path_((std::filesystem::temp_directory_path() /
                 ("lastunit-history-" + std::to_string(getpid()) + "-" + std::to_string(next()++)))
                    .string()) {}
    ~RecordedFile() {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }
    RecordedFile(const RecordedFile&) = delete;
    RecordedFile& operator=(const RecordedFile&) = delete;
    const std::string& path() const { return path_; }

   private:
    static int& next() {
        static int number = 0;
        return number;
    }
    std::string path_;
};

}  // namespace lastunit::test
