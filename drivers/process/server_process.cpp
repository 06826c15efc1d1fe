#include "drivers/process/server_process.hpp"

#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <fstream>
#include <sstream>
#include <thread>

#include "drivers/driver.hpp"
#include "drivers/process/process_tree.hpp"

namespace lastunit::drivers {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kAskAgain{5};
constexpr std::streamoff kTailBytes = 4096;

std::string seconds_text(Duration duration) {
    std::ostringstream text;
    text << duration.seconds() << " s";
    return text.str();
}

std::chrono::microseconds span(Duration duration) { return std::chrono::microseconds(duration.us); }

}  // namespace

ServerProcess::ServerProcess(std::string name, ServerCommand command) : name_(std::move(name)), command_(std::move(command)) {}

ServerProcess::~ServerProcess() { kill_tree(); }

void ServerProcess::start() {
    const std::lock_guard lock(mutex_);
    if (!reap(WNOHANG)) return;
    pid_ = spawn(command_);
}

void ServerProcess::wait_until(const std::function<bool()>& ready, Duration at_most) {
    const Clock::time_point until = Clock::now() + span(at_most);
    for (;;) {
        if (ready()) return;
        if (const auto how = ended()) throw DriverError(name_ + " ended (" + *how + ") before it was ready" + log_tail());
        if (Clock::now() >= until) throw DriverError(name_ + " was not ready within " + seconds_text(at_most) + log_tail());
        std::this_thread::sleep_for(kAskAgain);
    }
}

std::optional<std::string> ServerProcess::ended() {
    const std::lock_guard lock(mutex_);
    if (reap(WNOHANG)) return how_;
    return std::nullopt;
}

pid_t ServerProcess::pid() const {
    const std::lock_guard lock(mutex_);
    return pid_;
}

bool ServerProcess::reap(int options) {
    if (pid_ < 0) return true;
    int status = 0;
    pid_t got = 0;
    do got = waitpid(pid_, &status, options);
    while (got < 0 && errno == EINTR);
    if (got == 0) return false;
    if (got < 0)
        how_ = "lost";  // somebody else waited for it
    else if (WIFEXITED(status))
        how_ = "exit code " + std::to_string(WEXITSTATUS(status));
    else
        how_ = "signal " + std::to_string(WTERMSIG(status));
    pid_ = -1;
    stalled_.clear();
    return true;
}

void ServerProcess::kill_locked() {
    if (pid_ < 0) return;
    drivers::kill_tree(pid_);
    reap(0);
}

void ServerProcess::kill_tree() {
    const std::lock_guard lock(mutex_);
    kill_locked();
}

void ServerProcess::stall() {
    const std::lock_guard lock(mutex_);
    if (!reap(WNOHANG) && stalled_.empty()) stalled_ = stop_tree(pid_);
}

void ServerProcess::resume() {
    const std::lock_guard lock(mutex_);
    if (!reap(WNOHANG)) resume_tree(stalled_);
    stalled_.clear();
}

void ServerProcess::restart() {
    const std::lock_guard lock(mutex_);
    kill_locked();
    pid_ = spawn(command_);
}

std::string ServerProcess::stop(int signal, Duration grace) {
    const std::lock_guard lock(mutex_);
    if (reap(WNOHANG)) return how_;
    resume_tree(stalled_);
    ::kill(pid_, signal);
    const Clock::time_point until = Clock::now() + span(grace);
    while (!reap(WNOHANG)) {
        if (Clock::now() >= until) {
            kill_locked();
            break;
        }
        std::this_thread::sleep_for(kAskAgain);
    }
    return how_;
}

std::string ServerProcess::log_tail(std::size_t lines) const {
    std::ifstream file(command_.log, std::ios::binary | std::ios::ate);
    if (!file) return "";
    const std::streamoff size = file.tellg();
    file.seekg(std::max<std::streamoff>(0, size - kTailBytes));
    std::vector<std::string> all;
    for (std::string line; std::getline(file, line);)
        if (!line.empty()) all.push_back(line);
    std::string text;
    for (std::size_t i = all.size() > lines ? all.size() - lines : 0; i < all.size(); ++i)
        text += (text.empty() ? ": " : " | ") + all[i];
    return text;
}

}  // namespace lastunit::drivers
