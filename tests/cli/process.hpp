// The built `lastunit` command, run from outside as a user or a script does.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace lastunit::cli_tests {

struct Result {
    int status = -1;  // exit code; 128 + signal when a signal ended it
    std::string out, err;
};

// The children of a process, as the kernel lists them.
std::vector<pid_t> children_of(pid_t parent);

// A folder of its own for each test, removed at the end.
class Sandbox {
   public:
    // A command that takes longer is killed: a hang fails the test and not the build machine.
    explicit Sandbox(unsigned killed_after_s = 120);
    ~Sandbox();
    Sandbox(const Sandbox&) = delete;
    Sandbox& operator=(const Sandbox&) = delete;

    std::string path(const std::string& name) const { return (folder_ / name).string(); }
    void write(const std::string& name, const std::string& content) const;
    std::string read(const std::string& name) const;
    bool has(const std::string& name) const { return std::filesystem::exists(folder_ / name); }
    // small.yaml with the first `from` replaced by `to`, as NAME; `from` has to be there.
    std::string scenario(const std::string& name, const std::string& from = "", const std::string& to = "") const;

    Result run(const std::vector<std::string>& words) const { return run_binary(LASTUNIT_BINARY, words); }
    Result run_binary(const std::string& binary, const std::vector<std::string>& words) const;
    // Starts in the background; the caller ends it, and gets what it said by finish().
    pid_t start(const std::string& binary, const std::vector<std::string>& words) const;
    Result finish(pid_t child) const;
    // Starts, waits until stderr holds `awaited` and half a second more, sends `signal`, waits for the end.
    Result interrupt(const std::vector<std::string>& words, const std::string& awaited, int signal) const;

   private:
    const unsigned killed_after_s_;
    std::filesystem::path folder_;
};

}  // namespace lastunit::cli_tests
