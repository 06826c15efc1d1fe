#include "cli/load/database_targets.hpp"

#include <memory>

#include "cli/command.hpp"
#include "cli/load/breakable_target.hpp"
#ifdef LASTUNIT_HAS_POSTGRES
#include "drivers/postgres/postgres_driver.hpp"
#include "drivers/postgres/private_postgres.hpp"
#endif
#ifdef LASTUNIT_HAS_REDIS
#include "drivers/redis/private_redis.hpp"
#include "drivers/redis/redis_driver.hpp"
#endif

namespace lastunit::cli {

#ifdef LASTUNIT_HAS_POSTGRES

namespace {

constexpr std::uint16_t kPostgresPort = 5432;

std::string query_of(const TargetUrl& url) {
    std::string out;
    for (const auto& [name, value] : url.options) out += (out.empty() ? "" : "&") + name + "=" + value;
    return out;
}

void start_postgres(Target& target, const TargetUrl& url, const TargetNeeds& needs) {
    drivers::PrivatePostgresOptions options;
    options.environment = slow_disk_environment(target, needs.faults);
    const auto server = std::make_shared<drivers::PrivatePostgres>(options);
    target.server = server;
    target.breakable.server = &server->process();
    target.breakable.start_again = [postgres = server.get()] { postgres->start_again(); };
    target.breakable.ready = [postgres = server.get()] { return postgres->answers(); };
    const auto to = through_proxy(target, {"127.0.0.1", server->port()}, needs.faults);
    target.reachable = server->url(query_of(url));
    target.driver = std::make_unique<drivers::PostgresDriver>(drivers::parse_postgres_url(server->url(query_of(url), to.port)));
}

// The connection's own words for where it is, which a proxy takes the place of.
void redirect(Target& target, drivers::PostgresTarget& to, const TargetNeeds& needs) {
    HostAndPort address{"127.0.0.1", kPostgresPort};
    for (const auto& [word, value] : to.connection) {
        if (word == "host") address.host = value;
        if (word == "port") address = host_and_port(address.host + ":" + value, kPostgresPort);
    }
    const HostAndPort through = through_proxy(target, address, needs.faults);
    if (!target.proxy) return;
    std::erase_if(to.connection, [](const auto& one) { return one.first == "host" || one.first == "port"; });
    to.connection.emplace_back("host", through.host);
    to.connection.emplace_back("port", std::to_string(through.port));
}

}  // namespace

Target postgres_target(const TargetUrl& url, const TargetNeeds& needs) {
    Target target;
    drivers::PostgresTarget parsed =
        drivers::parse_postgres_url(url.address.empty() ? "postgres://127.0.0.1/postgres?" + query_of(url) : url.text);
    target.mode = drivers::name_of(parsed.mode);
    target.system = "PostgreSQL";
    target.breakable.name = target.system;
    target.expiry_late = drivers::kPostgresExpiryLate;
    if (url.address.empty()) {
        start_postgres(target, url, needs);
    } else {
        redirect(target, parsed, needs);
        target.driver = std::make_unique<drivers::PostgresDriver>(std::move(parsed));
        target.reachable = url.text;
    }
    return target;
}

#else

Target postgres_target(const TargetUrl&, const TargetNeeds&) {
    throw BadInput(
        "--target: this lastunit was built without the driver for PostgreSQL: install libpq-dev, and build it again with "
        "-DLASTUNIT_POSTGRES=ON");
}

#endif

#ifdef LASTUNIT_HAS_REDIS

Target redis_target(const TargetUrl& url, const TargetNeeds& needs) {
    Target target;
    drivers::RedisOptions options = drivers::redis_options(url.text);
    if (url.address.empty()) {
        const auto server = std::make_shared<drivers::PrivateRedis>(options.append_fsync, std::vector<std::string>{},
                                                                    slow_disk_environment(target, needs.faults));
        target.server = server;
        target.breakable.server = &server->process();
        target.breakable.ready = [redis = server.get()] { return redis->ready(); };
        options = server->options(options);
        target.reachable = options.target();
    } else {
        target.reachable = url.text;
    }
    const HostAndPort to = through_proxy(target, {options.host, options.port}, needs.faults);
    options.host = to.host;
    options.port = to.port;
    target.mode = drivers::name_of(options.mode);
    auto driver = std::make_unique<drivers::RedisDriver>(options);
    target.system = "Redis, " + driver->durability();
    target.breakable.name = "Redis";
    target.expiry_late = driver->expiry_late();
    target.driver = std::move(driver);
    return target;
}

#else

Target redis_target(const TargetUrl&, const TargetNeeds&) {
    throw BadInput(
        "--target: this lastunit was built without the driver for Redis: install libhiredis-dev, and build it again with "
        "-DLASTUNIT_REDIS=ON");
}

#endif

}  // namespace lastunit::cli
