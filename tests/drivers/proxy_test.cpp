// The cutting proxy between plain sockets: a server that echoes, and its callers.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "drivers/driver.hpp"
#include "drivers/engine/files.hpp"
#include "drivers/faults/proxy.hpp"
#include "drivers/process/loopback_port.hpp"

using namespace lastunit;
using namespace lastunit::drivers;

namespace {

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

// Echoes what every caller says, until it says no more; then ends its own side too.
class Echo {
   public:
    Echo() : port_(free_loopback_port()), listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        const sockaddr_in address = loopback(port_);
        REQUIRE(bind(listener_.descriptor(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
        REQUIRE(listen(listener_.descriptor(), 100) == 0);
        acceptor_ = std::thread([this] {
            for (;;) {
                const int caller = accept4(listener_.descriptor(), nullptr, nullptr, SOCK_CLOEXEC);
                if (caller < 0) return;
                callers_.emplace_back([caller] { serve(File(caller)); });
            }
        });
    }
    ~Echo() {
        shutdown(listener_.descriptor(), SHUT_RDWR);
        acceptor_.join();
        for (std::thread& caller : callers_) caller.join();
    }
    std::uint16_t port() const { return port_; }

   private:
    static void serve(const File& caller) {
        const int yes = 1;
        setsockopt(caller.descriptor(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        std::vector<char> buffer(1 << 16);
        for (;;) {
            const ssize_t got = recv(caller.descriptor(), buffer.data(), buffer.size(), 0);
            if (got <= 0) return;
            if (write_all(caller.descriptor(), std::as_bytes(std::span(buffer.data(), static_cast<std::size_t>(got)))) != 0)
                return;
        }
    }
    std::uint16_t port_;
    File listener_;
    std::thread acceptor_;
    std::vector<std::thread> callers_;
};

class Caller {
   public:
    explicit Caller(std::uint16_t port) : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        const sockaddr_in address = loopback(port);
        error_ = connect(socket_.descriptor(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 ? 0 : errno;
        const int yes = 1;
        setsockopt(socket_.descriptor(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    }
    int error() const { return error_; }  // of connecting
    // Without an assertion: also called from threads, where Catch's are not safe. What was not said is not heard.
    void say(std::string_view text) { (void)write_all(socket_.descriptor(), std::as_bytes(std::span(text))); }
    void end() { shutdown(socket_.descriptor(), SHUT_WR); }
    bool answers_within(int ms) {
        pollfd ready{.fd = socket_.descriptor(), .events = POLLIN, .revents = 0};
        return poll(&ready, 1, ms) == 1;
    }
    // Reads `size` bytes, or what came before the end; "reset" where it was.
    std::string hear(std::size_t size) {
        std::string text;
        std::vector<char> buffer(1 << 16);
        while (text.size() < size) {
            if (!answers_within(30'000)) return text + " (silence)";
            const ssize_t got = recv(socket_.descriptor(), buffer.data(), std::min(buffer.size(), size - text.size()), 0);
            if (got == 0) return text;
            if (got < 0) return errno == ECONNRESET ? "reset" : "error";
            text.append(buffer.data(), static_cast<std::size_t>(got));
        }
        return text;
    }
    int descriptor() const { return socket_.descriptor(); }

   private:
    File socket_;
    int error_ = 0;
};

double now_s() { return static_cast<double>(steady_now_ns()) / 1e9; }

std::string pattern(std::size_t size) {
    std::string text(size, '\0');
    std::uint32_t state = 1;
    for (char& c : text) {
        state = state * 1'664'525 + 1'013'904'223;
        c = static_cast<char>(state >> 24);
    }
    return text;
}

}  // namespace

TEST_CASE("proxy: what one side says the other hears, whole and in order, also when it is much") {
    const Echo echo;
    const Proxy proxy("127.0.0.1", echo.port());
    Caller caller(proxy.port());
    caller.say("hello");
    CHECK(caller.hear(5) == "hello");
    const std::string much = pattern(32 << 20);  // more than all buffers on the way
    std::thread talker([&] { caller.say(much); });
    const std::string heard = caller.hear(much.size());
    talker.join();
    CHECK((heard == much));
    CHECK(proxy.stats().bytes == 2 * (much.size() + 5));
    CHECK(proxy.stats().open == 1);
}

TEST_CASE("proxy: the end of one side reaches the other, and what was said before it still arrives") {
    const Echo echo;
    const Proxy proxy("127.0.0.1", echo.port());
    Caller caller(proxy.port());
    caller.say("last words");
    caller.end();
    CHECK(caller.hear(100) == "last words");  // and then the end of the echo
    for (int i = 0; i < 6000 && proxy.stats().open != 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    CHECK(proxy.stats().open == 0);
    CHECK(proxy.stats().resets == 0);
}

TEST_CASE("proxy: cut, connections are reset and new ones refused; mended, they are taken again on the same port") {
    const Echo echo;
    Proxy proxy("127.0.0.1", echo.port());
    for (int round = 0; round < 3; ++round) {
        Caller caller(proxy.port());
        REQUIRE(caller.error() == 0);
        caller.say("hello");
        CHECK(caller.hear(5) == "hello");
        proxy.cut();
        CHECK(caller.hear(5) == "reset");
        CHECK(Caller(proxy.port()).error() == ECONNREFUSED);
        proxy.mend();
        proxy.mend();  // once is enough
    }
    CHECK(proxy.stats().resets == 3);
    CHECK(proxy.stats().connections == 3);
}

TEST_CASE("proxy: stalled, nothing passes and nothing is closed; resumed, all of it arrives") {
    const Echo echo;
    Proxy proxy("127.0.0.1", echo.port());
    Caller before(proxy.port());
    before.say("one");
    CHECK(before.hear(3) == "one");
    proxy.stall();
    before.say("two");
    Caller during(proxy.port());
    REQUIRE(during.error() == 0);
    during.say("three");
    CHECK_FALSE(before.answers_within(100));
    CHECK_FALSE(during.answers_within(1));
    proxy.resume();
    CHECK(before.hear(3) == "two");
    CHECK(during.hear(5) == "three");

    proxy.stall();
    before.say("lost");
    proxy.cut();  // also while it stalls
    CHECK(before.hear(1) == "reset");
    proxy.mend();
    proxy.resume();
    Caller after(proxy.port());
    after.say("four");
    CHECK(after.hear(4) == "four");
}

TEST_CASE("proxy: a delay is added each way, and taken back nothing overtakes") {
    const Echo echo;
    Proxy proxy("127.0.0.1", echo.port());
    Caller caller(proxy.port());
    proxy.delay(milliseconds(50));
    const double begun = now_s();
    caller.say("slow");
    CHECK(caller.hear(4) == "slow");
    CHECK(now_s() - begun >= 0.1);
    caller.say("first,");
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    proxy.delay(Duration{0});
    caller.say("second");
    CHECK(caller.hear(12) == "first,second");
}

TEST_CASE("proxy: a delay holds back time, not bytes") {
    const Echo echo;
    Proxy proxy("127.0.0.1", echo.port());
    Caller caller(proxy.port());
    proxy.delay(milliseconds(20));
    const std::string much = pattern(16 << 20);
    std::thread talker([&] {
        caller.say(much);
        caller.end();
    });
    CHECK((caller.hear(much.size() + 1) == much));
    talker.join();
}

TEST_CASE("proxy: without a server a connection is reset, and served once there is one") {
    const std::uint16_t nobody = free_loopback_port();
    const Proxy proxy("127.0.0.1", nobody);
    Caller caller(proxy.port());
    CHECK(caller.hear(1) == "reset");
    CHECK_THROWS_AS(Proxy("no.such.host.invalid", 1), DriverError);
}

TEST_CASE("proxy: callers that come and go by the hundred leave nothing behind") {
    const Echo echo;
    const Proxy proxy("localhost", echo.port());
    std::atomic<int> right{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            for (int k = 0; k < 100; ++k) {
                Caller caller(proxy.port());
                caller.say("text");
                if (k % 3 == 0) continue;  // gone before it hears
                right += caller.hear(4) == "text" ? 1 : 0;
            }
        });
    for (std::thread& thread : threads) thread.join();
    CHECK(right == 4 * 66);
    for (int i = 0; i < 6000 && proxy.stats().open != 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    CHECK(proxy.stats().open == 0);
    CHECK(proxy.stats().connections == 400);
}

TEST_CASE("proxy: what it costs, in turns with and without it", "[.][speed]") {
    const Echo echo;
    const Proxy proxy("127.0.0.1", echo.port());
    const auto cpu_s = [] {
        rusage usage{};
        getrusage(RUSAGE_SELF, &usage);
        return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
               static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
    };
    for (int turn = 0; turn < 3; ++turn)
        for (const std::uint16_t port : {echo.port(), proxy.port()}) {
            Caller caller(port);
            const char* way = port == proxy.port() ? "proxy " : "direct";
            std::vector<double> trips;
            const double cpu = cpu_s();
            for (int i = 0; i < 20'000; ++i) {
                const double begun = now_s();
                caller.say("0123456789012345678901234567890123456789012345678901234567890123");
                caller.hear(64);
                trips.push_back(now_s() - begun);
            }
            const double used = cpu_s() - cpu;
            std::sort(trips.begin(), trips.end());
            const std::string much(64 << 20, 'x');
            const double begun = now_s();
            std::thread talker([&] { caller.say(much); });
            caller.hear(much.size());
            talker.join();
            std::printf("%s: round trip p50 %.1f us, p99 %.1f us, CPU of all three %.1f us; echo of 64 MB at %.0f MB/s\n", way,
                        trips[trips.size() / 2] * 1e6, trips[trips.size() * 99 / 100] * 1e6, used / 20'000 * 1e6,
                        64 / (now_s() - begun));
        }
}
