// A Redis for the tests of its driver, and operations on it that are waited for.
#pragma once

#include <catch2/catch.hpp>
#include <chrono>
#include <functional>
#include <map>
#include <thread>

#include "drivers/redis/caller.hpp"
#include "drivers/redis/private_redis.hpp"
#include "drivers/redis/redis_driver.hpp"
#include "tests/drivers/shop.hpp"

// Ends a test, aloud, on a machine without redis-server.
#define LASTUNIT_NEEDS_REDIS()                                                          \
    if (PrivateRedis::program().empty()) {                                              \
        WARN("skipped: there is no redis-server here (Debian's package redis-server)"); \
        return;                                                                         \
    }                                                                                   \
    static_cast<void>(0)

namespace lastunit::drivers::tests {

inline constexpr Duration kLong = seconds(60);  // a limit that only a hang reaches

// One for all tests that do it no harm.
inline PrivateRedis& shared_redis() {
    static PrivateRedis server(AppendFsync::no);
    return server;
}

inline RedisDriver driver_of(const PrivateRedis& server, RedisMode mode, unsigned connections = 0) {
    RedisOptions options;
    options.mode = mode;
    options.connections = connections;
    return RedisDriver(server.options(options));
}

inline redis::Caller caller_of(const RedisOptions& options) { return redis::Caller(redis::address_of(options), options, kLong); }

// Until all that is under way has come back.
inline void take_all(Session& session, std::vector<Completion>& out) {
    const std::int64_t end_ns = steady_now_ns() + kLong.us * 1000;
    while (session.in_flight() != 0 && steady_now_ns() < end_ns) session.poll(out, milliseconds(100));
    REQUIRE(session.in_flight() == 0);
}

inline Completion ask(Session& session, const core::Command& command, Duration timeout = seconds(30)) {
    const Operation operation{.tag = 7, .command = command, .timeout = timeout};
    session.submit({&operation, 1});
    std::vector<Completion> out;
    take_all(session, out);
    REQUIRE(out.size() == 1);
    REQUIRE(out[0].tag == 7);
    return out[0];
}

inline std::string text_of(const Completion& completion) {
    std::string text = name_of(completion.settled);
    return text + "/" + (completion.cause == Cause::outcome ? core::name_of(completion.outcome) : name_of(completion.cause));
}

inline bool wait_until(const std::function<bool()>& condition) {
    const std::int64_t end_ns = steady_now_ns() + kLong.us * 1000;
    while (!condition()) {
        if (steady_now_ns() >= end_ns) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return true;
}

struct Sums {
    std::int64_t on_hand = 0, held = 0, allocated = 0;
};
inline Sums sums_of(const FinalState& state) {
    Sums sums;
    for (const FinalState::Stock& cell : state.stock) {
        sums.on_hand += cell.on_hand;
        sums.held += cell.held;
        sums.allocated += cell.allocated;
    }
    return sums;
}

}  // namespace lastunit::drivers::tests
