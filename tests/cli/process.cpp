#include "tests/cli/process.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

namespace lastunit::cli_tests {
namespace {

namespace fs = std::filesystem;

std::string slurp(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream out;
    out << file.rdbuf();
    return out.str();
}

void redirect(const fs::path& path, int to) {
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    dup2(file, to);
}

}  // namespace

std::vector<pid_t> children_of(pid_t parent) {
    const std::string id = std::to_string(parent);
    std::ifstream file("/proc/" + id + "/task/" + id + "/children");
    std::vector<pid_t> out;
    for (pid_t child = 0; file >> child;) out.push_back(child);
    return out;
}

Sandbox::Sandbox(unsigned killed_after_s) : killed_after_s_(killed_after_s) {
    std::string pattern = (fs::temp_directory_path() / "lastunit-cli-XXXXXX").string();
    REQUIRE(mkdtemp(pattern.data()) != nullptr);
    folder_ = pattern;
}

Sandbox::~Sandbox() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

void Sandbox::write(const std::string& name, const std::string& content) const {
    std::ofstream(folder_ / name, std::ios::binary) << content;
}
std::string Sandbox::read(const std::string& name) const { return slurp(folder_ / name); }

std::string Sandbox::scenario(const std::string& name, const std::string& from, const std::string& to) const {
    std::string text = slurp(LASTUNIT_SOURCE_DIR "/tests/cli/small.yaml");
    if (!from.empty()) {
        const std::size_t at = text.find(from);
        REQUIRE(at != std::string::npos);
        text.replace(at, from.size(), to);
    }
    write(name, text);
    return path(name);
}

pid_t Sandbox::start(const std::string& binary, const std::vector<std::string>& words) const {
    std::vector<char*> arguments{const_cast<char*>("lastunit")};
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    const fs::path out = folder_ / ".stdout", err = folder_ / ".stderr";
    fs::remove(err);

    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        redirect(out, STDOUT_FILENO);
        redirect(err, STDERR_FILENO);
        unsetenv("LASTUNIT_SCENARIOS");
        setenv("LASTUNIT_STORE", "none", 1);  // a test keeps runs only where it says so
        alarm(killed_after_s_);
        execv(binary.c_str(), arguments.data());
        _exit(127);
    }
    return child;
}

Result Sandbox::finish(pid_t child) const {
    int status = 0;
    waitpid(child, &status, 0);
    Result result;
    result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    result.out = read(".stdout");
    result.err = read(".stderr");
    return result;
}

Result Sandbox::run_binary(const std::string& binary, const std::vector<std::string>& words) const {
    return finish(start(binary, words));
}

Result Sandbox::interrupt(const std::vector<std::string>& words, const std::string& awaited, int signal) const {
    const pid_t child = start(LASTUNIT_BINARY, words);
    for (int i = 0; i < 300 && read(".stderr").find(awaited) == std::string::npos; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    kill(child, signal);
    return finish(child);
}

}  // namespace lastunit::cli_tests
