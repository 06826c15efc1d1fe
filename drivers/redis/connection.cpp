#include "drivers/redis/connection.hpp"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>

namespace lastunit::drivers::redis {

namespace {

constexpr std::size_t kReadBytes = 64 * 1024;

std::string error_text() { return std::strerror(errno); }

std::int64_t nanoseconds(const timespec& time) { return time.tv_sec * 1'000'000'000LL + time.tv_nsec; }

// The kernel stamps arrivals with the calendar's clock.
std::int64_t steady_of(std::int64_t calendar_ns) {
    timespec calendar{};
    clock_gettime(CLOCK_REALTIME, &calendar);
    const std::int64_t now = steady_now_ns();
    return std::min(now, now - (nanoseconds(calendar) - calendar_ns));
}

}  // namespace

Address address_of(const RedisOptions& options) {
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    const int error = getaddrinfo(options.host.c_str(), std::to_string(options.port).c_str(), &hints, &found);
    if (error != 0) throw DriverError(options.target() + ": host '" + options.host + "': " + gai_strerror(error));
    Address address;
    std::memcpy(&address.bytes, found->ai_addr, found->ai_addrlen);
    address.size = found->ai_addrlen;
    freeaddrinfo(found);
    return address;
}

Connection::Connection(const Address& address, const RedisOptions& options) : address_(address) {
    std::string command;
    if (!options.password.empty()) {
        if (options.user.empty()) {
            append_command(command, {"AUTH", options.password});
        } else {
            append_command(command, {"AUTH", options.user, options.password});
        }
        greeting_.push_back(command);
    }
    if (options.database != 0) {
        command.clear();
        append_command(command, {"SELECT", std::to_string(options.database)});
        greeting_.push_back(command);
    }
}

void Connection::connect() {
    close();
    problem_.clear();
    descriptor_ = ::socket(address_.bytes.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor_ < 0) return fail("no socket: " + error_text());
    const int on = 1;
    setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(descriptor_, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
    setsockopt(descriptor_, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
    reader_ = redisReaderCreate();
    state_ = State::connecting;
    if (::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address_.bytes), address_.size) == 0) return greet();
    if (errno != EINPROGRESS) fail(error_text());
}

void Connection::close() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (reader_ != nullptr) redisReaderFree(reader_);
    descriptor_ = -1;
    reader_ = nullptr;
    state_ = State::down;
    out_.clear();
    out_begin_ = 0;
}

void Connection::fail(const std::string& what) {
    close();
    problem_ = what;
}

void Connection::greet() {
    state_ = greeting_.empty() ? State::ready : State::greeting;
    greetings_left_ = static_cast<unsigned>(greeting_.size());
    for (const std::string& command : greeting_) out_ += command;
    flush();
}

bool Connection::finish_connecting() {
    pollfd ask{descriptor_, POLLOUT, 0};
    if (::poll(&ask, 1, 0) <= 0) return false;
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(descriptor_, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0) {
        fail(std::strerror(error));
        return false;
    }
    greet();
    return state_ != State::down;
}

void Connection::take_greeting(const redisReply& reply) {
    if (is_error(reply)) return fail(std::string(text_of(reply)));
    if (--greetings_left_ == 0) state_ = State::ready;
}

short Connection::wanted() const {
    if (state_ == State::down) return 0;
    if (state_ == State::connecting) return POLLOUT;
    return static_cast<short>(out_begin_ < out_.size() ? POLLIN | POLLOUT : POLLIN);
}

long Connection::receive(char* bytes, std::size_t size, std::int64_t& arrived_ns) const {
    iovec into{bytes, size};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(timespec)) + 64];
    msghdr message{};
    message.msg_iov = &into;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    const ssize_t got = ::recvmsg(descriptor_, &message, MSG_DONTWAIT);
    if (got <= 0) return got;
    arrived_ns = steady_now_ns();
    for (cmsghdr* part = CMSG_FIRSTHDR(&message); part != nullptr; part = CMSG_NXTHDR(&message, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SO_TIMESTAMPNS) continue;
        timespec stamp{};
        std::memcpy(&stamp, CMSG_DATA(part), sizeof stamp);
        if (stamp.tv_sec != 0) arrived_ns = steady_of(nanoseconds(stamp));
    }
    return got;
}

void Connection::advance(std::vector<Reply>& replies, std::int64_t& arrived_ns) {
    if (state_ == State::down || (state_ == State::connecting && !finish_connecting())) return;
    flush();
    char bytes[kReadBytes];
    while (state_ != State::down) {
        const long got = receive(bytes, sizeof bytes, arrived_ns);
        if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return fail(got == 0 ? "closed by the server" : error_text());
        redisReaderFeed(reader_, bytes, static_cast<std::size_t>(got));
        for (;;) {
            void* raw = nullptr;
            if (redisReaderGetReply(reader_, &raw) != REDIS_OK) return fail("it does not speak Redis' protocol");
            if (raw == nullptr) break;
            Reply reply(static_cast<redisReply*>(raw));
            if (state_ == State::greeting) {
                take_greeting(*reply);
                if (state_ == State::down) return;
            } else {
                replies.push_back(std::move(reply));
            }
        }
        if (static_cast<std::size_t>(got) < sizeof bytes) return;
    }
}

void Connection::flush() {
    if (state_ != State::ready && state_ != State::greeting) return;
    while (out_begin_ < out_.size()) {
        const ssize_t n = ::send(descriptor_, out_.data() + out_begin_, out_.size() - out_begin_, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
        // What Redis has said before it hung up is still to be read: advance() finds the end.
        if (n < 0) return;
        out_begin_ += static_cast<std::size_t>(n);
        sent_ += static_cast<std::uint64_t>(n);
    }
    out_.clear();
    out_begin_ = 0;
}

}  // namespace lastunit::drivers::redis
