#include "drivers/targets/usage.hpp"

#include <unistd.h>

#include <fstream>
#include <sstream>
#include <string>

#include "drivers/process/process_tree.hpp"

namespace lastunit::drivers::targets {

Usage usage_of(pid_t root) {
    const double ticks_per_s = static_cast<double>(sysconf(_SC_CLK_TCK));
    const auto page = static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
    double ticks = 0;
    std::uint64_t pages = 0;
    for (const pid_t process : process_tree(root)) {
        std::ifstream in("/proc/" + std::to_string(process) + "/stat");
        std::string line;
        std::getline(in, line);
        const std::size_t name_end = line.rfind(')');
        if (name_end == std::string::npos) continue;
        std::istringstream fields(line.substr(name_end + 1));
        std::string field;
        // proc(5): the state is field 3; utime, stime, cutime and cstime are 14 to 17, rss is 24.
        for (int number = 3; fields >> field; ++number) {
            if (number >= 14 && number <= 17) ticks += std::stod(field);
            if (number == 24) pages += std::stoull(field);
        }
    }
    return {ticks / ticks_per_s, pages * page / 1'000'000};
}

}  // namespace lastunit::drivers::targets
