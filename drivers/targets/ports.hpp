// Ports of 127.0.0.1 for the processes of a shop.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lastunit::drivers::targets {

bool is_free(std::uint16_t port);  // nobody listens there at this moment

// `wanted`, wanted + 1, ...: throws DriverError that names the port that is taken. Without one: `usual` and those after it where
// they are all free, else any.
std::vector<std::uint16_t> choose_ports(std::optional<std::uint16_t> wanted, std::uint16_t usual, unsigned count);

std::string loopback_url(std::uint16_t port);  // "http://127.0.0.1:4801"

// The status of the answer to a GET there, 0 when there is none in time. Bytes of the body are not waited for.
int http_status(std::uint16_t port, const std::string& path, int at_most_ms = 2000);

}  // namespace lastunit::drivers::targets
