#include "drivers/metrics/endpoint.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>

#include "drivers/engine/problem.hpp"

namespace lastunit::drivers {

namespace {

constexpr std::size_t kMostRequestBytes = 8192;

sockaddr_in address_of(const std::string& listen) {
    const std::size_t colon = listen.rfind(':');
    sockaddr_in address{};
    address.sin_family = AF_INET;
    unsigned port = 0;
    const bool sound =
        colon != std::string::npos && inet_pton(AF_INET, listen.substr(0, colon).c_str(), &address.sin_addr) == 1 &&
        std::from_chars(listen.data() + colon + 1, listen.data() + listen.size(), port).ptr == listen.data() + listen.size() &&
        colon + 1 < listen.size() && port <= UINT16_MAX;
    if (!sound) throw Problem("metrics: '" + listen + "' is not an address, e.g. 127.0.0.1:9464");
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    return address;
}

std::string response(const char* status, const std::string& body) {
    return std::string("HTTP/1.1 ") + status +
           "\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\nConnection: close\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace

MetricsEndpoint::MetricsEndpoint(const std::string& listen, std::function<std::string()> page) : page_(std::move(page)) {
    sockaddr_in address = address_of(listen);
    socket_ = File(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const int on = 1;
    setsockopt(socket_.descriptor(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (bind(socket_.descriptor(), generic, sizeof address) != 0 || ::listen(socket_.descriptor(), 8) != 0)
        throw problem_with("metrics", "cannot listen on " + listen, errno);
    socklen_t size = sizeof address;
    getsockname(socket_.descriptor(), generic, &size);
    port_ = ntohs(address.sin_port);
    int ends[2];
    if (pipe(ends) != 0) throw problem_with("metrics", "no pipe", errno);
    wake_read_ = File(ends[0]);
    wake_write_ = File(ends[1]);
    thread_ = std::thread([this] { serve(); });
}

MetricsEndpoint::~MetricsEndpoint() {
    wake_write_.close();
    thread_.join();
}

void MetricsEndpoint::serve() {
    for (;;) {
        pollfd waits[2] = {{socket_.descriptor(), POLLIN, 0}, {wake_read_.descriptor(), POLLIN, 0}};
        if (poll(waits, 2, -1) < 0 && errno != EINTR) return;
        if (waits[1].revents != 0) return;
        if ((waits[0].revents & POLLIN) == 0) continue;
        const File connection(accept4(socket_.descriptor(), nullptr, nullptr, SOCK_CLOEXEC));
        if (connection.descriptor() < 0) continue;
        const timeval patience{1, 0};
        setsockopt(connection.descriptor(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        setsockopt(connection.descriptor(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        answer(connection.descriptor());
    }
}

void MetricsEndpoint::answer(int connection) const {
    std::string request;
    char buffer[1024];
    while (request.find("\r\n\r\n") == std::string::npos && request.size() < kMostRequestBytes) {
        const ssize_t n = recv(connection, buffer, sizeof buffer, 0);
        if (n <= 0) break;
        request.append(buffer, static_cast<std::size_t>(n));
    }
    const bool found = request.starts_with("GET /metrics ") || request.starts_with("GET /metrics?");
    const std::string text = found ? response("200 OK", page_()) : response("404 Not Found", "try /metrics\n");
    std::size_t sent = 0;
    while (sent < text.size()) {
        const ssize_t n = send(connection, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
        if (n <= 0) return;
        sent += static_cast<std::size_t>(n);
    }
}

}  // namespace lastunit::drivers
