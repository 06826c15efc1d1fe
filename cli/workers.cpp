#include "cli/workers.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <stdexcept>
#include <system_error>
#include <thread>

#include "cli/stop.hpp"

namespace lastunit::cli {
namespace {

enum ChildExit : int { kAnswered = 0, kThrew = 1, kNotWritten = 2 };

constexpr int kLook_ms = 100;  // a signal that arrives just before poll() waits at most this long

struct Child {
    std::size_t index = 0;
    pid_t process = 0;
    int from = -1;  // its answer, then the end of file
    std::string said;
};

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

bool write_all(int to, const std::string& bytes) {
    std::size_t written = 0;
    while (written < bytes.size()) {
        const ssize_t n = write(to, bytes.data() + written, bytes.size() - written);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        written += static_cast<std::size_t>(n);
    }
    return true;
}

// Ends by _exit: what this process had buffered for stdout is the parent's to print.
[[noreturn]] void be_child(const WorkerPlan& plan, std::size_t index, int to) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    // A terminal sends Ctrl-C to every process of the command; only the parent knows what to make of it.
    std::signal(SIGINT, SIG_IGN);
    std::signal(SIGTERM, SIG_IGN);
    int status = kAnswered;
    std::string said;
    try {
        said = plan.work(index);
    } catch (const std::exception& error) {
        status = kThrew;
        said = error.what();
    }
    std::fflush(stderr);
    _exit(write_all(to, said) ? status : kNotWritten);
}

Child start(const WorkerPlan& plan, std::size_t index) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) fail("pipe");
    std::fflush(stdout);
    const pid_t process = fork();
    if (process < 0) fail("fork");
    if (process == 0) {
        close(ends[0]);
        be_child(plan, index, ends[1]);
    }
    close(ends[1]);
    return {index, process, ends[0], {}};
}

std::string how_it_ended(int status, const std::string& said) {
    if (WIFSIGNALED(status)) return std::string("was ended by a signal (") + strsignal(WTERMSIG(status)) + ")";
    if (WEXITSTATUS(status) == kThrew) return "failed: " + said;
    return "ended with status " + std::to_string(WEXITSTATUS(status));
}

Worked finish(const WorkerPlan& plan, Child& child) {
    close(child.from);
    int status = 0;
    while (waitpid(child.process, &status, 0) < 0)
        if (errno != EINTR) fail("waitpid");
    if (WIFEXITED(status) && WEXITSTATUS(status) == kAnswered) return {std::move(child.said), {}, false};
    return {{}, "the run " + how_it_ended(status, child.said) + "; repeat it with: " + plan.repeat_command(child.index), false};
}

// Reads what is there. False at the end of the answer.
bool read_some(Child& child) {
    char buffer[65536];
    const ssize_t n = read(child.from, buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) return true;
    if (n <= 0) return false;
    child.said.append(buffer, static_cast<std::size_t>(n));
    return true;
}

void end(std::vector<Child>& running) {
    for (const Child& child : running) kill(child.process, SIGKILL);
    for (const Child& child : running) {
        close(child.from);
        while (waitpid(child.process, nullptr, 0) < 0 && errno == EINTR) {
        }
    }
    running.clear();
}

}  // namespace

std::size_t count_stopped(const std::vector<Worked>& all) {
    return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [](const Worked& one) { return one.stopped; }));
}

std::vector<Worked> work_in_processes(const WorkerPlan& plan) {
    const std::size_t at_once = plan.at_once > 0 ? plan.at_once : std::max(1U, std::thread::hardware_concurrency());
    const StopSignals signals;
    std::vector<Worked> out(plan.count, Worked{{}, {}, true});
    std::vector<Child> running;
    for (std::size_t next = 0; next < plan.count || !running.empty();) {
        if (StopSignals::requested()) {
            end(running);
            break;
        }
        while (next < plan.count && running.size() < at_once) running.push_back(start(plan, next++));
        std::vector<pollfd> waiting;
        for (const Child& child : running) waiting.push_back({child.from, POLLIN, 0});
        if (poll(waiting.data(), waiting.size(), kLook_ms) < 0 && errno != EINTR) fail("poll");
        for (std::size_t i = running.size(); i-- > 0;) {
            if (waiting[i].revents == 0 || read_some(running[i])) continue;
            Child child = std::move(running[i]);
            running.erase(running.begin() + static_cast<std::ptrdiff_t>(i));
            out[child.index] = finish(plan, child);
            if (plan.on_done) plan.on_done(child.index, out[child.index]);
        }
    }
    return out;
}

}  // namespace lastunit::cli
