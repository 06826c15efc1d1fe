// A session on several connections, with a thread of its own that drives them: operations are sent and answers arrive, and are
// time-stamped, whatever the caller is doing.
//
// An operation goes to the connection with the least under way, at most `pipeline` on each; beyond that it waits its turn in the
// order of submission. What the database rolled back because of another transaction (40001, 40P01, a key or hold that another was
// just making) is tried again after a short, growing pause, kMostAttempts times at most, then it is refused as overloaded. What
// was under way on a connection that ended is unknown. While no connection is open everything is refused as unavailable; opening
// goes on by itself.
#pragma once

#include <atomic>
#include <memory>

#include "drivers/driver.hpp"
#include "drivers/postgres/statements.hpp"
#include "drivers/postgres/target.hpp"

namespace lastunit::drivers::postgres {

inline constexpr unsigned kMostAttempts = 100;

// What the sessions of a driver have in common.
struct Shared {
    PostgresTarget target;
    ShopSize size;
    std::atomic<std::int64_t> sweep_at_ns{0};   // when holds that are due are ended next
    std::atomic<std::uint64_t> rolled_back{0};  // attempts that other transactions undid
};

// Returns when all connections are open; throws DriverError when one is refused.
std::unique_ptr<Session> open_pool_session(std::shared_ptr<Shared> shared, unsigned connections);

}  // namespace lastunit::drivers::postgres
