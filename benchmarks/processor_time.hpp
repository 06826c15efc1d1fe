// Processor time of others, for benchmarks that say what else the machine was doing: seconds since each began, user and system.
#pragma once

#include <sys/types.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

namespace lastunit::benchmarks {

inline double seconds_of_ticks(double ticks) { return ticks / static_cast<double>(sysconf(_SC_CLK_TCK)); }

// Of a process that still runs; 0 of one that does not.
inline double cpu_s_of(pid_t process) {
    std::ifstream file("/proc/" + std::to_string(process) + "/stat");
    const std::string text((std::istreambuf_iterator<char>(file)), {});
    if (text.empty()) return 0;
    std::istringstream fields(text.substr(text.rfind(')') + 2));  // the name before may have spaces in it
    std::string skipped;
    double user = 0, system = 0;
    for (int i = 0; i < 11; ++i) fields >> skipped;
    fields >> user >> system;
    return seconds_of_ticks(user + system);
}

// Of all processors together, whoever used them.
inline double busy_s_of_machine() {
    std::ifstream file("/proc/stat");
    std::string cpu;
    double user = 0, nice = 0, system = 0, idle = 0, wait = 0, irq = 0, soft = 0;
    file >> cpu >> user >> nice >> system >> idle >> wait >> irq >> soft;
    return seconds_of_ticks(user + nice + system + irq + soft);
}

}  // namespace lastunit::benchmarks
