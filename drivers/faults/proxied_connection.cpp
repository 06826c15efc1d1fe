#include "drivers/faults/proxied_connection.hpp"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

namespace lastunit::drivers {

namespace {

constexpr std::size_t kMostWaiting = 4 << 20;  // bytes of a flow: beyond, its sender has to wait, as it would without a proxy

ProxiedConnection::Side other(ProxiedConnection::Side side) {
    return side == ProxiedConnection::client ? ProxiedConnection::server : ProxiedConnection::client;
}

bool again(int error) { return error == EAGAIN || error == EWOULDBLOCK || error == EINTR; }

}  // namespace

ProxiedConnection::ProxiedConnection(File of_client, File of_server, Link link)
    : sockets_{std::move(of_client), std::move(of_server)}, connected_(link == Link::connected) {}

std::uint32_t ProxiedConnection::wanted(Side side) const {
    if (!connected_) return side == server ? std::uint32_t{EPOLLOUT} : 0;
    const Flow& from = flows_[side];
    std::uint32_t events = 0;
    if (!from.read_ended && from.bytes < kMostWaiting) events |= EPOLLIN;
    if (flows_[other(side)].blocked) events |= EPOLLOUT;
    return events;
}

ProxiedConnection::State ProxiedConnection::happened(Side side, std::uint32_t events, std::chrono::microseconds delay,
                                                     std::span<char> scratch) {
    if (!connected_) return side == server ? connect() : State::open;
    if ((events & EPOLLERR) != 0) return State::broken;
    if ((events & EPOLLOUT) != 0) {
        flows_[other(side)].blocked = false;
        if (write(other(side), Clock::now()) == State::broken) return State::broken;
    }
    if ((events & (EPOLLIN | EPOLLHUP)) != 0 && (wanted(side) & EPOLLIN) != 0) return read(side, delay, scratch);
    return state();
}

ProxiedConnection::State ProxiedConnection::connect() {
    int error = 0;
    socklen_t size = sizeof error;
    if (getsockopt(descriptor(server), SOL_SOCKET, SO_ERROR, &error, &size) != 0 || error != 0) return State::broken;
    connected_ = true;
    return State::open;
}

ProxiedConnection::State ProxiedConnection::read(Side side, std::chrono::microseconds delay, std::span<char> scratch) {
    Flow& flow = flows_[side];
    const ssize_t got = ::recv(descriptor(side), scratch.data(), scratch.size(), 0);
    if (got < 0) return again(errno) ? State::open : State::broken;
    if (got == 0) {
        flow.read_ended = true;
        return write(side, Clock::now());
    }
    std::size_t sent = 0;
    // The common case has nothing to remember.
    if (delay.count() == 0 && flow.waiting.empty()) {
        const ssize_t put = ::send(descriptor(other(side)), scratch.data(), static_cast<std::size_t>(got), MSG_NOSIGNAL);
        if (put < 0 && !again(errno)) return State::broken;
        sent = static_cast<std::size_t>(std::max<ssize_t>(put, 0));
        passed_ += sent;
        if (sent == static_cast<std::size_t>(got)) return State::open;
        flow.blocked = true;
    }
    Chunk chunk;
    chunk.due = Clock::now() + delay;
    // A delay that became shorter lets nothing overtake.
    if (!flow.waiting.empty()) chunk.due = std::max(chunk.due, flow.waiting.back().due);
    chunk.bytes.assign(scratch.data() + sent, scratch.data() + got);
    flow.bytes += chunk.bytes.size();
    flow.waiting.push_back(std::move(chunk));
    return State::open;
}

ProxiedConnection::State ProxiedConnection::write(Side from, Clock::time_point now) {
    Flow& flow = flows_[from];
    const int to = descriptor(other(from));
    while (!flow.blocked && !flow.waiting.empty() && flow.waiting.front().due <= now) {
        Chunk& chunk = flow.waiting.front();
        const ssize_t put = ::send(to, chunk.bytes.data() + chunk.sent, chunk.bytes.size() - chunk.sent, MSG_NOSIGNAL);
        if (put < 0) {
            if (!again(errno)) return State::broken;
            flow.blocked = true;
            break;
        }
        chunk.sent += static_cast<std::size_t>(put);
        passed_ += static_cast<std::uint64_t>(put);
        flow.bytes -= static_cast<std::size_t>(put);
        if (chunk.sent == chunk.bytes.size()) flow.waiting.pop_front();
    }
    if (flow.read_ended && !flow.write_ended && flow.waiting.empty()) {
        flow.write_ended = true;
        shutdown(to, SHUT_WR);
    }
    return state();
}

ProxiedConnection::State ProxiedConnection::pass_due(Clock::time_point now) {
    if (!connected_) return State::open;
    for (const Side from : {client, server})
        if (write(from, now) == State::broken) return State::broken;
    return state();
}

ProxiedConnection::Clock::time_point ProxiedConnection::due() const {
    Clock::time_point earliest = Clock::time_point::max();
    for (const Flow& flow : flows_)
        if (!flow.blocked && !flow.waiting.empty()) earliest = std::min(earliest, flow.waiting.front().due);
    return earliest;
}

void ProxiedConnection::reset() {
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    for (File& socket : sockets_) {
        setsockopt(socket.descriptor(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        socket.close();
    }
}

ProxiedConnection::State ProxiedConnection::state() const {
    return flows_[client].write_ended && flows_[server].write_ended ? State::done : State::open;
}

}  // namespace lastunit::drivers
