#include "drivers/targets/ports.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstdlib>

#include "drivers/driver.hpp"
#include "drivers/engine/files.hpp"
#include "drivers/process/loopback_port.hpp"

namespace lastunit::drivers::targets {

namespace {

File stream_socket() { return File(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)); }

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

}  // namespace

bool is_free(std::uint16_t port) {
    const File socket = stream_socket();
    const int on = 1;  // connections of a shop that was here before do not count
    setsockopt(socket.descriptor(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    const sockaddr_in address = loopback(port);
    return ::bind(socket.descriptor(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
           ::listen(socket.descriptor(), 1) == 0;
}

std::vector<std::uint16_t> choose_ports(std::optional<std::uint16_t> wanted, std::uint16_t usual, unsigned count) {
    const unsigned first = wanted.value_or(usual);
    if (first == 0 || first + count - 1 > 65'535)
        throw DriverError("ports " + std::to_string(first) + " to " + std::to_string(first + count - 1) +
                          ": a port is a number from 1 to 65535");
    std::vector<std::uint16_t> ports;
    for (unsigned port = first; port < first + count; ++port) {
        if (is_free(static_cast<std::uint16_t>(port)))
            ports.push_back(static_cast<std::uint16_t>(port));
        else if (wanted)
            throw DriverError("port " + std::to_string(port) +
                              " of 127.0.0.1 is taken: choose another with --port, or leave it out");
    }
    if (ports.size() == count) return ports;
    ports.clear();
    for (unsigned i = 0; i < count; ++i) ports.push_back(free_loopback_port());
    return ports;
}

std::string loopback_url(std::uint16_t port) { return "http://127.0.0.1:" + std::to_string(port); }

int http_status(std::uint16_t port, const std::string& path, int at_most_ms) {
    const File socket = stream_socket();
    const timeval patience{at_most_ms / 1000, (at_most_ms % 1000) * 1000};
    setsockopt(socket.descriptor(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(socket.descriptor(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    const sockaddr_in address = loopback(port);
    if (::connect(socket.descriptor(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return 0;
    const std::string request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
    // So short a request fits into the socket's buffer.
    if (::send(socket.descriptor(), request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size()))
        return 0;
    std::string answer;  // "HTTP/1.1 200 ..."
    char bytes[256];
    while (answer.size() < 12) {
        const ssize_t got = ::read(socket.descriptor(), bytes, sizeof bytes);
        if (got <= 0) return 0;
        answer.append(bytes, static_cast<std::size_t>(got));
    }
    return answer.starts_with("HTTP/1.") ? std::atoi(answer.c_str() + 9) : 0;
}

}  // namespace lastunit::drivers::targets
