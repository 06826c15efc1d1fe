#include "drivers/process/loopback_port.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fstream>
#include <mutex>
#include <random>
#include <set>

#include "drivers/driver.hpp"
#include "drivers/engine/files.hpp"

namespace lastunit::drivers {

namespace {

constexpr std::uint32_t kLowest = 10'000;  // below are the well-known services

// First port that an outgoing connection may take.
std::uint32_t ephemeral_from() {
    std::ifstream range("/proc/sys/net/ipv4/ip_local_port_range");
    std::uint32_t first = 0;
    if (!(range >> first) || first <= kLowest + 1000)
        return 32'768;  // Linux' default; a machine that uses nearly all has no better place
    return first;
}

bool is_free(std::uint16_t port) {
    const File socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return ::bind(socket.descriptor(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
           ::listen(socket.descriptor(), 1) == 0;
}

}  // namespace

std::uint16_t free_loopback_port() {
    static std::mutex mutex;
    static std::set<std::uint32_t> taken;
    static std::mt19937 random{std::random_device{}()};  // processes that start together look in different places
    const std::lock_guard lock(mutex);
    const std::uint32_t ports = ephemeral_from() - kLowest;
    const std::uint32_t first = static_cast<std::uint32_t>(random() % ports);
    for (std::uint32_t i = 0; i < ports; ++i) {
        const std::uint32_t port = kLowest + (first + i) % ports;
        if (!taken.contains(port) && is_free(static_cast<std::uint16_t>(port))) {
            taken.insert(port);
            return static_cast<std::uint16_t>(port);
        }
    }
    throw DriverError("127.0.0.1: no free port");
}

}  // namespace lastunit::drivers
