#include "drivers/targets/tools.hpp"

#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <sstream>

#include "drivers/driver.hpp"
#include "drivers/targets/program.hpp"
#ifdef LASTUNIT_HAS_POSTGRES
#include "drivers/postgres/private_postgres.hpp"
#endif
#ifdef LASTUNIT_HAS_REDIS
#include "drivers/redis/private_redis.hpp"
#endif

namespace lastunit::drivers::targets {

namespace {

[[noreturn]] void missing(const TargetKind& kind, const std::string& what, const std::string& package) {
    throw DriverError(kind.name + " needs " + what + ": install Debian's package " + package);
}

void check_servers(const TargetKind& kind, Locking locking) {
#ifdef LASTUNIT_HAS_POSTGRES
    if (find_postgres_binaries().empty()) missing(kind, "a PostgreSQL server", "postgresql");
#else
    throw DriverError(kind.name + " needs PostgreSQL, which this lastunit was built without: install libpq-dev, build it again");
#endif
    if (locking != Locking::redis) return;
#ifdef LASTUNIT_HAS_REDIS
    if (PrivateRedis::program().empty()) missing(kind, "redis-server for --locking redis", "redis-server");
#else
    throw DriverError(
        "--locking redis needs Redis, which this lastunit was built without: install libhiredis-dev, build it again");
#endif
}

}  // namespace

std::string find_program(const std::string& name, const std::string& path) {
    std::istringstream folders(path);
    for (std::string folder; std::getline(folders, folder, ':');) {
        const std::string program = folder + "/" + name;
        std::error_code ignored;
        if (!folder.empty() && std::filesystem::is_regular_file(program, ignored) && access(program.c_str(), X_OK) == 0)
            return program;
    }
    return "";
}

unsigned major_version(const std::string& said) {
    unsigned major = 0;
    if (said.starts_with('v')) std::from_chars(said.data() + 1, said.data() + said.size(), major);
    return major;
}

Tools find_tools(const TargetKind& kind, Locking locking, const std::string& path) {
    Tools tools;
    tools.node = find_program("node", path);
    if (tools.node.empty()) missing(kind, "Node.js " + std::to_string(kind.node_major), "nodejs");
    const std::string version = output_of({tools.node, "--version"});
    if (major_version(version) < kind.node_major)
        throw DriverError(kind.title + " " + kind.version + " needs Node.js " + std::to_string(kind.node_major) + " or newer; " +
                          tools.node + " is " + (version.empty() ? "none" : version) +
                          " (Debian 12 has 18: take a newer one from nodejs.org, and put it first into PATH)");
    tools.npm = find_program("npm", path);
    if (tools.npm.empty()) missing(kind, "npm", "npm");
    check_servers(kind, locking);
    return tools;
}

}  // namespace lastunit::drivers::targets
