// Everything of ours in a Redis: the keys that begin with "lastunit:" of one database.
#pragma once

#include "drivers/redis/caller.hpp"
#include "drivers/redis/flow.hpp"

namespace lastunit::drivers::redis {

// Redis is old, a cluster's node, a replica, or has not the append policy that the options demand: DriverError says what to do.
void check_server(Caller& caller, const RedisOptions& options);

// "appendonly yes, appendfsync always"; "durability unknown" where Redis does not say.
std::string durability_of(Caller& caller);

// Removes what an earlier run left and puts this stock there. Throws DriverError where keys of that prefix are somebody else's:
// it touches none then.
void set_up_shop(Caller& caller, const RedisOptions& options, const InitialStock& stock);

// What set_up_shop noted. Throws DriverError when no shop was set up, or one for the other kind of mode.
ShopSize shop_of(Caller& caller, const RedisOptions& options);

// Cells and orders. Holds that are due have to be ended before.
FinalState read_shop(Caller& caller, const ShopSize& size);

}  // namespace lastunit::drivers::redis
