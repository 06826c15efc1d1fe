// A TCP proxy on loopback between the generator and the back end, so that the network can break where it is not ours to break:
// gRPC, PostgreSQL, Redis, whatever speaks TCP, also servers of others.
//
// One thread passes bytes both ways, without looking at them, and keeps half-closed connections as they are. It costs a copy and
// two system calls each way: a round trip of 12 us on loopback becomes one of 28 us, 15 us of CPU more, and a single busy
// connection passes about half of what it would without (tests/drivers/proxy_test.cpp, [speed]). Any thread may call any
// function; each has taken effect when it returns.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/types.hpp"

namespace lastunit::drivers {

class Proxy {
   public:
    // Passes to HOST:PORT, which need not be there yet: a connection that cannot be made there is reset. Throws DriverError: no
    // such host, no free port.
    Proxy(const std::string& host, std::uint16_t port);
    ~Proxy();  // resets what is open
    Proxy(const Proxy&) = delete;
    Proxy& operator=(const Proxy&) = delete;

    std::uint16_t port() const;  // of 127.0.0.1

    // Resets every connection, on both sides; new ones are refused until mend().
    void cut();
    void mend();
    // Passes nothing: connections stay open, new ones are taken and stay silent. Then all goes on, nothing is lost.
    void stall();
    void resume();
    // Everything takes so much longer each way from now on. Order is kept.
    void delay(Duration each_way);

    struct Stats {
        std::uint64_t connections = 0;  // ever taken
        std::uint64_t open = 0;
        std::uint64_t bytes = 0;   // passed, both ways
        std::uint64_t resets = 0;  // connections that were reset: cut, or no server
    };
    Stats stats() const;

   private:
    class Loop;
    std::unique_ptr<Loop> loop_;
};

}  // namespace lastunit::drivers
