#include "cli/cpu_of.hpp"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <sstream>

#include "drivers/process/process_tree.hpp"
#include "drivers/targets/usage.hpp"

namespace lastunit::cli {
namespace {

std::string kernel_line(pid_t process, const char* file) {
    std::ifstream in("/proc/" + std::to_string(process) + "/" + file);
    std::string line;
    std::getline(in, line);
    return line;
}

// proc(5): field 22 of stat, where the name that may hold anything is the second, in parentheses.
std::string start_of(pid_t process) {
    const std::string line = kernel_line(process, "stat");
    const std::size_t name_end = line.rfind(')');
    if (name_end == std::string::npos) return "";
    std::istringstream fields(line.substr(name_end + 1));
    std::string field;
    for (int number = 3; number <= 22 && fields >> field; ++number) {
    }
    return field;
}

pid_t process_of(const std::string& text) {
    pid_t process = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), process);
    if (error != std::errc{} || stop != text.data() + text.size() || process < 1)
        throw BadInput("--cpu-of: '" + text + "' is not the number of a process; PID[,PID...], e.g. --cpu-of 4711,4712");
    return process;
}

WatchedProcess watched(pid_t process) {
    WatchedProcess out{process, kernel_line(process, "comm"), start_of(process)};
    if (out.name.empty() || out.started.empty())
        throw BadInput("--cpu-of: there is no process " + std::to_string(process) + " on this machine");
    return out;
}

bool below(pid_t process, pid_t root) {
    const std::vector<pid_t> tree = drivers::process_tree(root);
    return std::find(tree.begin(), tree.end(), process) != tree.end();
}

}  // namespace

std::vector<WatchedProcess> watched_processes(const Arguments& arguments) {
    std::vector<WatchedProcess> out;
    for (const std::string& list : arguments.all("cpu-of")) {
        std::istringstream words(list);
        for (std::string word; std::getline(words, word, ',');) out.push_back(watched(process_of(word)));
        if (list.empty() || list.back() == ',') process_of("");
    }
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (below(getpid(), out[i].process))
            throw BadInput("--cpu-of: " + out[i].text() + " is what lastunit itself runs under: name the shop's own processes");
        for (std::size_t k = 0; k < out.size(); ++k)
            if (k != i && below(out[i].process, out[k].process))
                throw BadInput("--cpu-of: " + out[i].text() +
                               (out[i].process == out[k].process
                                    ? " is there twice"
                                    : " descends from " + out[k].text() + ", whose whole tree counts"));
    }
    return out;
}

std::int64_t cpu_us(const WatchedProcess& watched) {
    if (start_of(watched.process) != watched.started) return -1;
    return std::llround(drivers::targets::usage_of(watched.process).cpu_s * 1e6);
}

}  // namespace lastunit::cli
