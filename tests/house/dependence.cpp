#include "tests/house/dependence.hpp"

#include <algorithm>
#include <sstream>

namespace lastunit::house {
namespace {

using Names = std::vector<std::string_view>;

// What a folder may include of this repository, itself always included.
struct Folder {
    std::string_view name;
    Names may_include;
};
const std::vector<Folder> kFolders{
    {"core", {}},
    {"model", {"core"}},
    {"scenarios", {"core", "model"}},
    {"sim", {"core", "model", "scenarios"}},
    {"drivers", {"core", "model", "scenarios"}},
    {"reports", {"core", "model", "scenarios"}},
    {"cli", {"core", "model", "scenarios", "sim", "drivers", "reports"}},
    {"tests", {"core", "model", "scenarios", "sim", "drivers", "reports", "cli"}},
    {"docs", {"drivers"}},                                                                        // examples: the contract alone
    {"benchmarks", {"core", "model", "scenarios", "sim", "drivers", "reports", "cli", "tests"}},  // tests: its support alone
};

// Where a library's headers may be seen: paths that start so. The first row whose header prefix fits decides.
struct Library {
    std::string_view header;
    Names only_in;
};
const std::vector<Library> kLibraries{
    {"simgrid/", {"sim/kernel/"}},
    {"xbt/", {"sim/kernel/"}},
    {"grpcpp/", {"drivers/grpc/", "docs/examples/", "tests/"}},
    {"grpc/", {"drivers/grpc/"}},
    {"absl/", {"drivers/grpc/process.cpp"}},
    {"libpq-fe.h", {"drivers/postgres/"}},
    {"hiredis/", {"drivers/redis/", "tests/drivers/redis/"}},
    {"coin/", {"model/pricing/linear_program.cpp"}},
    {"yaml-cpp/", {"scenarios/yaml_reader"}},
    {"Random123/", {"model/random", "tests/model/"}},
    {"boost/asio", {"drivers/http/connection", "drivers/http/engine.cpp", "tests/drivers/http/"}},
    {"boost/beast", {"drivers/http/connection.cpp", "tests/drivers/http/"}},
    {"simdjson.h", {"drivers/http/json.hpp"}},
    {"pugixml.hpp", {"drivers/http/xml.cpp"}},
    {"openssl/", {"drivers/http/encoding.cpp"}},
    {"boost/program_options", {"cli/parse.cpp"}},
    {"boost/mpi", {"cli/study/post_mpi.cpp"}},
    {"mpi.h", {"cli/study/post_mpi.cpp"}},
    {"boost/math", {"model/distribution", "reports/statistics/distributions.cpp", "cli/validation/", "tests/"}},
    {"boost/random", {"sim/shoppers.cpp", "sim/pricing.cpp", "reports/statistics/low_discrepancy.cpp"}},
    {"boost/property_tree", {"cli/validation/"}},
    {"sqlite3.h", {"reports/store/database.cpp", "docs/examples/"}},
    {"zlib.h", {"model/byte_source", "model/byte_sink", "reports/store/packing.cpp", "tests/"}},
    {"spdlog/", {"cli/log.cpp"}},
    {"google/protobuf/",
     {"model/", "scenarios/", "reports/", "drivers/grpc/", "drivers/http/", "drivers/targets/state.cpp", "tests/"}},
    {"catch2/", {"tests/"}},
    {"benchmark/", {"benchmarks/"}},
    // the operating system
    {"sys/", {"cli/", "drivers/", "reports/write", "reports/terminal_style", "tests/", "benchmarks/"}},
    {"stdlib.h", {"tests/"}},  // mkdtemp, setenv
    {"fcntl.h", {"cli/", "drivers/", "reports/write", "tests/", "benchmarks/"}},
    {"unistd.h", {"cli/", "drivers/", "reports/write", "reports/terminal", "tests/", "benchmarks/"}},
    {"poll.h", {"cli/child.cpp", "cli/target_up.cpp", "drivers/", "tests/", "benchmarks/"}},
    {"dirent.h", {"drivers/process/"}},        // /proc
    {"pwd.h", {"drivers/process/"}},           // a server's user
    {"dlfcn.h", {"drivers/faults/preload/"}},  // the system's own functions behind ours
    {"arpa/", {"drivers/", "tests/"}},
    {"netinet/", {"drivers/", "tests/"}},
    {"netdb.h", {"drivers/"}},
    {"elf.h", {"cli/build_id"}},  // the linker's name of this binary
    {"link.h", {"cli/build_id"}},
};

// What the deterministic folders do without: threads, the standard library's distributions, clocks, the environment; the core
// also files. (<chrono> itself is a calendar too: the model reads dates with it.)
struct Banned {
    std::string_view folder;
    Names headers;
    Names words;
};
const Names kThreadsAndRandom{"random", "thread",     "mutex",  "shared_mutex", "condition_variable",
                              "future", "stop_token", "barrier"};
const Names kClocksAndEnvironment{"_clock::", "gettimeofday(", "std::time(", "getenv(", "random_device"};
const std::vector<Banned> kBanned{
    {"core", kThreadsAndRandom, kClocksAndEnvironment},  {"core", {"chrono", "iostream", "fstream", "filesystem"}, {}},
    {"model", kThreadsAndRandom, kClocksAndEnvironment}, {"scenarios", kThreadsAndRandom, kClocksAndEnvironment},
    {"sim", kThreadsAndRandom, kClocksAndEnvironment},
};

bool contains(const Names& names, std::string_view name) { return std::find(names.begin(), names.end(), name) != names.end(); }

struct Include {
    std::string header;
    bool quoted = false;
};

// Only lines that begin with the directive: text inside a string or after `//` does not count.
bool read_include(const std::string& line, Include& out) {
    std::size_t at = line.find_first_not_of(" \t");
    if (at == std::string::npos || line[at] != '#') return false;
    at = line.find_first_not_of(" \t", at + 1);
    if (at == std::string::npos || line.compare(at, 7, "include") != 0) return false;
    const std::size_t open = line.find_first_of("\"<", at);
    if (open == std::string::npos) return false;
    const std::size_t close = line.find_first_of("\">", open + 1);
    if (close == std::string::npos) return false;
    out = {line.substr(open + 1, close - open - 1), line[open] == '"'};
    return true;
}

void find_banned_words(const Folder& from, const std::string& line, std::vector<std::string>& found) {
    const std::string code = line.substr(0, line.find("//"));
    for (const Banned& rule : kBanned)
        for (const std::string_view word : rule.words)
            if (rule.folder == from.name && code.find(word) != std::string::npos)
                found.push_back(std::string(word) + " is not for " + std::string(from.name));
}

std::string own_header_problem(const Folder& from, const std::string& header) {
    const std::string target = header.substr(0, header.find('/'));
    if (header.find('/') == std::string::npos) return "is not written from the root";
    const auto known =
        std::find_if(kFolders.begin(), kFolders.end(), [&](const Folder& folder) { return folder.name == target; });
    if (known == kFolders.end()) return "names no folder of this repository (libraries go in angle brackets)";
    if (target == from.name || contains(from.may_include, target)) return "";
    return "goes against the direction of dependence: " + std::string(from.name) + " may not see " + target;
}

std::string library_problem(const Folder& from, std::string_view path, const std::string& header) {
    const bool standard = header.find_first_of("./") == std::string::npos;
    if (standard) {
        for (const Banned& rule : kBanned)
            if (rule.folder == from.name && contains(rule.headers, header)) return "is not for " + std::string(from.name);
        return "";
    }
    for (const Library& library : kLibraries) {
        if (!header.starts_with(library.header)) continue;
        for (const std::string_view place : library.only_in)
            if (path.starts_with(place)) return "";
        return "is not allowed here";
    }
    return "is a library that the table does not know";
}

}  // namespace

std::vector<std::string> broken_rules(std::string_view path, std::string_view text) {
    const std::string_view name = path.substr(0, path.find('/'));
    const auto folder = std::find_if(kFolders.begin(), kFolders.end(), [&](const Folder& known) { return known.name == name; });
    if (folder == kFolders.end()) return {std::string(path) + ": the folder is not in the table of dependence"};

    std::vector<std::string> broken;
    std::istringstream lines{std::string(text)};
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        std::vector<std::string> problems;
        find_banned_words(*folder, line, problems);
        Include include;
        if (read_include(line, include)) {
            std::string problem =
                include.quoted ? own_header_problem(*folder, include.header) : library_problem(*folder, path, include.header);
            if (!problem.empty()) problems.push_back(include.header + " " + problem);
        }
        for (const std::string& problem : problems)
            broken.push_back(std::string(path) + ":" + std::to_string(number) + ": " + problem);
    }
    return broken;
}

}  // namespace lastunit::house
