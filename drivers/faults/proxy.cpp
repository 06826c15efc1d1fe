#include "drivers/faults/proxy.hpp"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <map>
#include <mutex>
#include <thread>

#include "drivers/driver.hpp"
#include "drivers/faults/proxied_connection.hpp"
#include "drivers/process/loopback_port.hpp"

namespace lastunit::drivers {

namespace {

using Clock = ProxiedConnection::Clock;
using Side = ProxiedConnection::Side;
using State = ProxiedConnection::State;

constexpr std::uint64_t kWake = 0, kListener = 1, kFirstConnection = 2;  // of epoll's data: the number, times two, plus the side
constexpr int kBacklog = 1024;

struct Address {
    sockaddr_storage at{};
    socklen_t size = 0;
};

Address resolve(const std::string& host, std::uint16_t port) {
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    const int error = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &wanted, &found);
    if (error != 0 || found == nullptr) throw DriverError(host + ": " + gai_strerror(error));
    Address address;
    std::memcpy(&address.at, found->ai_addr, found->ai_addrlen);
    address.size = found->ai_addrlen;
    freeaddrinfo(found);
    return address;
}

// Bound, not listening. With SO_REUSEPORT a second one of ours may listen there: the first keeps the port while the second is
// closed, and connections are refused meanwhile.
File bound_to(std::uint16_t port) {
    File socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const int yes = 1;
    setsockopt(socket.descriptor(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    setsockopt(socket.descriptor(), SOL_SOCKET, SO_REUSEPORT, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(socket.descriptor(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        throw DriverError("127.0.0.1:" + std::to_string(port) + ": the proxy cannot listen there: " + std::strerror(errno));
    return socket;
}

void at_once(int socket) {
    const int yes = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

}  // namespace

// All state is under one mutex, which the thread leaves only to wait: whoever has it may change anything. Events name connections
// by number, so that one of a connection that has gone meanwhile means nothing.
class Proxy::Loop {
   public:
    Loop(const std::string& host, std::uint16_t port)
        : server_(resolve(host, port)),
          port_(free_loopback_port()),
          reserve_(bound_to(port_)),
          epoll_(epoll_create1(EPOLL_CLOEXEC)),
          wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
        watch(wake_.descriptor(), kWake);
        listen();
        thread_ = std::thread([this] { run(); });
    }
    ~Loop() {
        {
            const std::lock_guard lock(mutex_);
            ending_ = true;
            wake();
        }
        thread_.join();
        for (auto& [number, connection] : connections_) connection.reset();
    }

    std::uint16_t port() const { return port_; }

    void cut() {
        const std::lock_guard lock(mutex_);
        cut_ = true;
        listener_.close();
        while (!connections_.empty()) drop(connections_.begin(), State::broken);
    }
    void mend() {
        const std::lock_guard lock(mutex_);
        if (cut_) listen();
        cut_ = false;
    }
    void stall() {
        const std::lock_guard lock(mutex_);
        stalled_ = true;
        for (auto& [number, connection] : connections_) watch(number, connection);
    }
    void resume() {
        const std::lock_guard lock(mutex_);
        stalled_ = false;
        for (auto& [number, connection] : connections_) watch(number, connection);
        wake();
    }
    void delay(Duration each_way) {
        const std::lock_guard lock(mutex_);
        delay_ = std::chrono::microseconds(each_way.us);
    }
    Stats stats() const {
        const std::lock_guard lock(mutex_);
        Stats stats = stats_;
        stats.open = connections_.size();
        for (const auto& [number, connection] : connections_) stats.bytes += connection.passed();
        return stats;
    }

   private:
    using Connections = std::map<std::uint64_t, ProxiedConnection>;

    void watch(int descriptor, std::uint64_t data) {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u64 = data;
        epoll_ctl(epoll_.descriptor(), EPOLL_CTL_ADD, descriptor, &event);
    }

    void listen() {
        listener_ = bound_to(port_);
        ::listen(listener_.descriptor(), kBacklog);
        watch(listener_.descriptor(), kListener);
    }

    // Tells epoll what a connection wants, where that has changed. A side that wants nothing is taken out: epoll would report its
    // errors for ever.
    void watch(std::uint64_t number, ProxiedConnection& connection) {
        for (const Side side : {ProxiedConnection::client, ProxiedConnection::server}) {
            std::uint32_t& watched = connection.watched[side];
            const std::uint32_t wanted = stalled_ ? 0 : connection.wanted(side);
            if (wanted == watched) continue;
            epoll_event event{};
            event.events = wanted;
            event.data.u64 = number * 2 + side;
            const int change = watched == 0 ? EPOLL_CTL_ADD : wanted == 0 ? EPOLL_CTL_DEL : EPOLL_CTL_MOD;
            epoll_ctl(epoll_.descriptor(), change, connection.descriptor(side), &event);
            watched = wanted;
        }
    }

    void wake() {
        const std::uint64_t one = 1;
        while (::write(wake_.descriptor(), &one, sizeof one) < 0 && errno == EINTR) {
        }
    }

    void run() {
        epoll_event events[64];
        std::unique_lock lock(mutex_);
        for (;;) {
            const Clock::time_point due = earliest_due();
            lock.unlock();
            const int count = wait(events, due);
            lock.lock();
            for (int i = 0; i < count; ++i)
                if (!handle(events[i])) return;
            if (due <= Clock::now()) pass_due();
        }
    }

    int wait(std::span<epoll_event> events, Clock::time_point due) const {
        timespec left{};
        if (due != Clock::time_point::max()) {
            const auto ns = std::max<std::int64_t>(0, std::chrono::nanoseconds(due - Clock::now()).count());
            left = {.tv_sec = ns / 1'000'000'000, .tv_nsec = ns % 1'000'000'000};
        }
        return epoll_pwait2(epoll_.descriptor(), events.data(), static_cast<int>(events.size()),
                            due == Clock::time_point::max() ? nullptr : &left, nullptr);
    }

    // False: it is over.
    bool handle(const epoll_event& event) {
        if (event.data.u64 == kWake) {
            std::uint64_t times = 0;
            return ::read(wake_.descriptor(), &times, sizeof times) < 0 || !ending_;
        }
        if (event.data.u64 == kListener) {
            accept();
            return true;
        }
        const auto found = connections_.find(event.data.u64 / 2);
        if (found == connections_.end() || stalled_) return true;
        const Side side = event.data.u64 % 2 == 0 ? ProxiedConnection::client : ProxiedConnection::server;
        settle(found, found->second.happened(side, event.events, delay_, scratch_));
        return true;
    }

    void settle(Connections::iterator connection, State state) {
        if (state == State::open)
            watch(connection->first, connection->second);
        else
            drop(connection, state);
    }

    void drop(Connections::iterator connection, State state) {
        stats_.bytes += connection->second.passed();
        if (state == State::broken) {
            ++stats_.resets;
            connection->second.reset();
        }
        connections_.erase(connection);
    }

    void accept() {
        if (cut_) return;
        File client(accept4(listener_.descriptor(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
        if (client.descriptor() < 0) return;
        ++stats_.connections;
        File server(socket(server_.at.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
        at_once(client.descriptor());
        at_once(server.descriptor());
        const int status = connect(server.descriptor(), reinterpret_cast<const sockaddr*>(&server_.at), server_.size);
        const bool hopeless = status != 0 && errno != EINPROGRESS;
        const std::uint64_t number = next_++;
        const auto made = connections_
                              .try_emplace(number, std::move(client), std::move(server),
                                           status == 0 ? ProxiedConnection::Link::connected : ProxiedConnection::Link::connecting)
                              .first;
        settle(made, hopeless ? State::broken : State::open);
    }

    Clock::time_point earliest_due() const {
        Clock::time_point earliest = Clock::time_point::max();
        if (stalled_) return earliest;
        for (const auto& [number, connection] : connections_) earliest = std::min(earliest, connection.due());
        return earliest;
    }

    void pass_due() {
        if (stalled_) return;
        const Clock::time_point now = Clock::now();
        for (auto next = connections_.begin(); next != connections_.end();) {
            const auto connection = next++;
            if (connection->second.due() <= now) settle(connection, connection->second.pass_due(now));
        }
    }

    const Address server_;
    const std::uint16_t port_;
    const File reserve_;
    const File epoll_;
    const File wake_;  // to end, or to look again when something is due
    mutable std::mutex mutex_;
    File listener_;
    Connections connections_;
    std::uint64_t next_ = kFirstConnection;
    std::chrono::microseconds delay_{0};
    bool cut_ = false, stalled_ = false, ending_ = false;
    Stats stats_;
    std::vector<char> scratch_ = std::vector<char>(256 << 10);
    std::thread thread_;
};

Proxy::Proxy(const std::string& host, std::uint16_t port) : loop_(std::make_unique<Loop>(host, port)) {}
Proxy::~Proxy() = default;
std::uint16_t Proxy::port() const { return loop_->port(); }
void Proxy::cut() { loop_->cut(); }
void Proxy::mend() { loop_->mend(); }
void Proxy::stall() { loop_->stall(); }
void Proxy::resume() { loop_->resume(); }
void Proxy::delay(Duration each_way) { loop_->delay(each_way); }
Proxy::Stats Proxy::stats() const { return loop_->stats(); }

}  // namespace lastunit::drivers
