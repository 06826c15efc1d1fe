// One connection of a Proxy: two sockets and what is on its way between them.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <span>
#include <vector>

#include "drivers/engine/files.hpp"

namespace lastunit::drivers {

class ProxiedConnection {
   public:
    using Clock = std::chrono::steady_clock;
    enum Side : std::uint8_t { client, server };
    enum class State : std::uint8_t { open, done, broken };
    enum class Link : std::uint8_t { connecting, connected };  // to the server

    ProxiedConnection(File of_client, File of_server, Link link);

    int descriptor(Side side) const { return sockets_[side].descriptor(); }
    // What epoll should wait for on this side.
    std::uint32_t wanted(Side side) const;
    // Something happened there. Bytes that come are passed on `delay` later.
    State happened(Side side, std::uint32_t events, std::chrono::microseconds delay, std::span<char> scratch);
    // Passes on what is due.
    State pass_due(Clock::time_point now);
    // When pass_due() has something to do; max() while nothing waits for its time.
    Clock::time_point due() const;
    // Both ends see a reset instead of an end.
    void reset();
    std::uint64_t passed() const { return passed_; }

    std::uint32_t watched[2] = {0, 0};  // the proxy's own: what epoll was told

   private:
    struct Chunk {
        Clock::time_point due;
        std::vector<char> bytes;
        std::size_t sent = 0;
    };
    // From a side to the other one.
    struct Flow {
        std::deque<Chunk> waiting;
        std::size_t bytes = 0;
        bool read_ended = false, write_ended = false;
        bool blocked = false;  // the other side takes nothing at the moment
    };

    State connect();
    State read(Side side, std::chrono::microseconds delay, std::span<char> scratch);
    State write(Side from, Clock::time_point now);
    State state() const;

    File sockets_[2];
    Flow flows_[2];  // [from]
    bool connected_;
    std::uint64_t passed_ = 0;
};

}  // namespace lastunit::drivers
