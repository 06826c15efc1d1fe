// From a command to a process. The child has a session of its own (Ctrl+C on our terminal does not reach it), default signals and
// no descriptor of ours, and it is killed when this process ends, however it ends.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

namespace lastunit::drivers {

struct User {
    uid_t uid = 0;
    gid_t gid = 0;
};
// Of the system's accounts; nullopt where there is no such one.
std::optional<User> user_named(const std::string& name);

struct ServerCommand {
    std::vector<std::string> words;        // words[0] is the program's path
    std::vector<std::string> environment;  // "NAME=VALUE": beside ours, and instead of ours of the same name
    std::optional<User> user;              // who it runs as, where we are root; otherwise as we do
    std::string folder;                    // working folder; empty: ours
    std::string log;                       // file that stdout and stderr are appended to; empty: nowhere
};

// Returns when the program has begun. Throws DriverError when it cannot: "PROGRAM: cannot start it: No such file or directory".
// The caller waits for the process some day (waitpid). Any thread; costs the same however large this process is.
pid_t spawn(const ServerCommand& command);

}  // namespace lastunit::drivers
