#include "tests/drivers/served.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <stdexcept>

namespace lastunit::drivers::tests {

namespace {

std::vector<std::string> serve_words(const std::vector<std::string>& words) {
    std::vector<std::string> all{"serve", "--listen", "127.0.0.1:0"};
    all.insert(all.end(), words.begin(), words.end());
    return all;
}

}  // namespace

Served::Served(const std::vector<std::string>& words) : Served(LASTUNIT_BINARY, serve_words(words)) {}

Served::Served(const std::string& binary, std::vector<std::string> words) {
    int out[2];
    if (pipe2(out, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
    words.insert(words.begin(), binary);
    std::vector<char*> raw;
    for (std::string& word : words) raw.push_back(word.data());
    raw.push_back(nullptr);
    process_ = fork();
    if (process_ == 0) {
        dup2(out[1], STDOUT_FILENO);
        dup2(out[1], STDERR_FILENO);
        execv(raw[0], raw.data());
        _exit(127);
    }
    ::close(out[1]);
    char byte = 0;
    std::string all_said;
    while (address_.empty() && read(out[0], &byte, 1) == 1) {
        all_said += byte;
        if (byte != '\n') {
            said_ += byte;
            continue;
        }
        const std::size_t on = std::min(said_.find(" on 127.0.0.1:"), said_.find(" on 0.0.0.0:"));
        if (said_.starts_with("serving ") && on != std::string::npos) {
            address_ = said_.substr(on + 4, said_.find(' ', on + 4) - on - 4);
        } else {
            said_.clear();
        }
    }
    // What it says later goes nowhere, and must not stop it.
    if (!address_.empty()) {
        if (fork() == 0) {
            char sink[4096];
            while (read(out[0], sink, sizeof sink) > 0) {
            }
            _exit(0);
        }
    }
    ::close(out[0]);
    if (address_.empty()) {
        const int status = wait();
        throw std::runtime_error("serve ended with " + std::to_string(status) + ": " + all_said);
    }
}

Served::~Served() {
    if (process_ > 0) {
        send(SIGKILL);
        wait();
    }
}

void Served::send(int signal) const { kill(process_, signal); }

int Served::wait() {
    int status = 0;
    waitpid(process_, &status, 0);
    process_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace lastunit::drivers::tests
