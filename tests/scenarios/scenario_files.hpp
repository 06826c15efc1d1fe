// Scenario files for one test: written to a folder of its own, which goes with it.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "scenarios/loader.hpp"

namespace lastunit::scenarios::test {

inline std::string data_file(const std::string& name) {
    return std::string(LASTUNIT_SOURCE_DIR) + "/tests/scenarios/data/" + name;
}

inline std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

// `text` with its only `from` replaced; the tests that bend a good file say what they bend.
inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    if (at == std::string::npos) throw std::runtime_error("the good file has no " + from);
    return text.replace(at, from.size(), to);
}

class Folder {
   public:
    Folder() {
        static int count = 0;
        path_ = std::filesystem::temp_directory_path() /
                ("lastunit-scenarios-" + std::to_string(getpid()) + "-" + std::to_string(count++));
        std::filesystem::create_directories(path_);
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    std::string write(const std::string& name, const std::string& text) const {
        std::filesystem::create_directories((path_ / name).parent_path());
        std::ofstream(path_ / name, std::ios::binary) << text;
        return (path_ / name).string();
    }
    std::string path() const { return path_.string(); }

    Loaded load(const std::string& name, const std::vector<Override>& overrides = {}) const {
        return scenarios::load((path_ / name).string(), overrides, Library({path_.string()}));
    }
    // The messages, one a line, with the folder's own path left out.
    std::string errors(const std::string& name, const std::vector<Override>& overrides = {}) const {
        std::string out;
        for (const Diagnostic& error : load(name, overrides).errors) {
            std::string text = error.text();
            const std::string prefix = path_.string() + "/";
            for (std::size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix))
                text.erase(at, prefix.size());
            out += (out.empty() ? "" : "\n") + text;
        }
        return out;
    }

   private:
    std::filesystem::path path_;
};

}  // namespace lastunit::scenarios::test
