#include "drivers/process/process_tree.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <thread>

namespace lastunit::drivers {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds kPatience{5};

struct Seen {
    pid_t pid = 0, parent = 0;
    char state = '?';
};

// /proc/PID/stat: "PID (NAME) STATE PARENT ...", where NAME may hold anything.
std::optional<Seen> look(pid_t pid) {
    const std::string path = "/proc/" + std::to_string(pid) + "/stat";
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return std::nullopt;
    char text[512];
    const ssize_t length = ::read(descriptor, text, sizeof text - 1);
    ::close(descriptor);
    if (length <= 0) return std::nullopt;
    text[length] = '\0';
    const char* after = std::strrchr(text, ')');
    Seen seen;
    seen.pid = pid;
    if (after == nullptr || std::sscanf(after + 1, " %c %d", &seen.state, &seen.parent) != 2) return std::nullopt;
    return seen;
}

bool is_dead(const Seen& seen) { return seen.state == 'Z' || seen.state == 'X'; }
// 'D' is as good as stopped: it waits in the kernel (for the disk, or in vfork for a child that is stopped itself), and the
// pending SIGSTOP comes before its next instruction.
bool is_stopped(const Seen& seen) { return seen.state == 'T' || seen.state == 't' || seen.state == 'D' || is_dead(seen); }

std::vector<Seen> all_processes() {
    std::vector<Seen> all;
    const std::unique_ptr<DIR, int (*)(DIR*)> folder(opendir("/proc"), closedir);
    if (!folder) return all;
    while (const dirent* entry = readdir(folder.get())) {
        const pid_t pid = static_cast<pid_t>(std::strtol(entry->d_name, nullptr, 10));
        if (pid <= 0) continue;
        if (const auto seen = look(pid)) all.push_back(*seen);
    }
    return all;
}

std::vector<Seen> family(pid_t root) {
    std::vector<Seen> all = all_processes();
    std::vector<Seen> members;
    for (const Seen& seen : all)
        if (seen.pid == root) members.push_back(seen);
    for (std::size_t i = 0; i < members.size(); ++i)
        for (const Seen& seen : all)
            if (seen.parent == members[i].pid) members.push_back(seen);
    return members;
}

}  // namespace

std::vector<pid_t> process_tree(pid_t root) {
    std::vector<pid_t> pids;
    for (const Seen& seen : family(root))
        if (!is_dead(seen)) pids.push_back(seen.pid);
    return pids;
}

std::vector<pid_t> stop_tree(pid_t root) {
    const Clock::time_point until = Clock::now() + kPatience;
    std::vector<pid_t> stopped;
    kill(root, SIGSTOP);
    for (;;) {
        bool settled = true;
        for (const Seen& seen : family(root)) {
            if (std::find(stopped.begin(), stopped.end(), seen.pid) == stopped.end()) {
                if (is_dead(seen)) continue;
                kill(seen.pid, SIGSTOP);
                stopped.push_back(seen.pid);
                settled = false;
            } else if (!is_stopped(seen)) {
                settled = false;
            }
        }
        if (settled || Clock::now() > until) return stopped;
        std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
}

void resume_tree(const std::vector<pid_t>& stopped) {
    // The root last: it finds its children at work.
    for (auto pid = stopped.rbegin(); pid != stopped.rend(); ++pid) kill(*pid, SIGCONT);
}

void kill_tree(pid_t root) {
    const std::vector<pid_t> members = stop_tree(root);
    for (const pid_t pid : members) kill(pid, SIGKILL);
    const Clock::time_point until = Clock::now() + kPatience;
    for (const pid_t pid : members) {
        while (Clock::now() < until) {
            const auto seen = look(pid);
            if (!seen || is_dead(*seen)) break;
            std::this_thread::sleep_for(std::chrono::microseconds(200));
        }
    }
}

}  // namespace lastunit::drivers
