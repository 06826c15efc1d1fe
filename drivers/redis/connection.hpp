// One TCP connection to Redis that never blocks: bytes out, replies in, in order.
#pragma once

#include <sys/socket.h>

#include <cstdint>
#include <string>
#include <vector>

#include "drivers/redis/options.hpp"
#include "drivers/redis/resp.hpp"

namespace lastunit::drivers::redis {

struct Address {
    sockaddr_storage bytes{};
    socklen_t size = 0;
};
// Throws DriverError when the host has no address. Blocks for as long as the name service does.
Address address_of(const RedisOptions& options);

class Connection {
   public:
    enum class State : std::uint8_t {
        down,
        connecting,
        greeting,  // connected; AUTH and SELECT are not answered yet
        ready,
    };

    Connection(const Address& address, const RedisOptions& options);
    ~Connection() { close(); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    State state() const { return state_; }
    // Why it went down last, for people.
    const std::string& problem() const { return problem_; }

    // From `down`: begins to connect.
    void connect();
    void close();

    // Append commands here while it is ready, then flush(). Positions count the bytes of this connection's life.
    std::string& out() { return out_; }
    std::uint64_t appended() const { return sent_ + out_.size() - out_begin_; }
    std::uint64_t sent() const { return sent_; }  // of which the kernel has so many: Redis may have them, and no more

    int descriptor() const { return descriptor_; }
    short wanted() const;  // POLLIN, POLLOUT
    // Call when the descriptor is ready, or just in case. Replies are appended; `arrived_ns` is when the last of them came in, on
    // the steady clock, also when nobody looked until later. When the connection is lost its state is `down` afterwards.
    void advance(std::vector<Reply>& replies, std::int64_t& arrived_ns);
    void flush();

   private:
    void fail(const std::string& what);
    bool finish_connecting();
    void greet();
    void take_greeting(const redisReply& reply);
    long receive(char* bytes, std::size_t size, std::int64_t& arrived_ns) const;

    const Address address_;
    std::vector<std::string> greeting_;  // commands
    State state_ = State::down;
    std::string problem_;
    int descriptor_ = -1;
    redisReader* reader_ = nullptr;
    std::string out_;
    std::size_t out_begin_ = 0;  // what lies before it in `out_` is sent
    std::uint64_t sent_ = 0;
    unsigned greetings_left_ = 0;
};

}  // namespace lastunit::drivers::redis
