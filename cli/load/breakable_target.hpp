// What lets a scenario's faults reach a target: a proxy before it, a slow disk under it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/load/target.hpp"

namespace lastunit::cli {

struct HostAndPort {
    std::string host;
    std::uint16_t port = 0;
};
// "127.0.0.1:50051", "[::1]:50051", with the port that is usual where there is none. Throws BadInput.
HostAndPort host_and_port(const std::string& address, std::uint16_t usual);

// Where the faults cut the connection: a proxy, and where to connect to instead. Else the address itself.
HostAndPort through_proxy(Target& target, const HostAndPort& to, std::span<const model::Fault> faults);

// Where the faults slow the disk: makes `target.disk`, and says what the server's environment needs for it. Where that cannot be,
// breakable.no_disk says why.
std::vector<std::string> slow_disk_environment(Target& target, std::span<const model::Fault> faults);

// The path of this very program.
std::string own_program();

}  // namespace lastunit::cli
