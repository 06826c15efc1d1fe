#include "drivers/targets/servers.hpp"

#include <optional>

#include "drivers/driver.hpp"
#ifdef LASTUNIT_HAS_POSTGRES
#include "drivers/postgres/private_postgres.hpp"
#endif
#ifdef LASTUNIT_HAS_REDIS
#include "drivers/redis/private_redis.hpp"
#endif

namespace lastunit::drivers::targets {

#ifdef LASTUNIT_HAS_POSTGRES

struct ShopServers::Parts {
    PrivatePostgres postgres{{.environment = {}, .max_connections = 300, .settings = {"jit=off"}}};
#ifdef LASTUNIT_HAS_REDIS
    std::optional<PrivateRedis> redis;
#endif
};

ShopServers::ShopServers([[maybe_unused]] Locking locking) : parts_(std::make_unique<Parts>()) {
#ifdef LASTUNIT_HAS_REDIS
    // Locks are not worth a disk.
    if (locking == Locking::redis) parts_->redis.emplace(AppendFsync::no);
#endif
}

std::string ShopServers::database_url() const { return parts_->postgres.url(); }
pid_t ShopServers::database_process() const { return parts_->postgres.process().pid(); }

#else  // find_tools() has said so before

struct ShopServers::Parts {};
ShopServers::ShopServers(Locking) { throw DriverError("this lastunit was built without PostgreSQL"); }
std::string ShopServers::database_url() const { return ""; }
pid_t ShopServers::database_process() const { return 0; }

#endif

ShopServers::~ShopServers() = default;

std::string ShopServers::redis_url() const {
#if defined(LASTUNIT_HAS_REDIS) && defined(LASTUNIT_HAS_POSTGRES)
    if (parts_->redis) return "redis://127.0.0.1:" + std::to_string(parts_->redis->port());
#endif
    return "";
}

pid_t ShopServers::redis_process() const {
#if defined(LASTUNIT_HAS_REDIS) && defined(LASTUNIT_HAS_POSTGRES)
    if (parts_->redis) return parts_->redis->process().pid();
#endif
    return 0;
}

}  // namespace lastunit::drivers::targets
