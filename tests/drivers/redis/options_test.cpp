#include "drivers/redis/options.hpp"

#include <catch2/catch.hpp>

using namespace lastunit;
using namespace lastunit::drivers;

TEST_CASE("redis URL: host, port, database, login and settings are read, and the password is not written") {
    const RedisOptions options =
        redis_options("redis://shop:p%40ss@db.example:7000/3?mode=get_decr&connections=4&appendfsync=everysec");
    CHECK(options.host == "db.example");
    CHECK(options.port == 7000);
    CHECK(options.database == 3);
    CHECK(options.user == "shop");
    CHECK(options.password == "p@ss");
    CHECK(options.mode == RedisMode::get_decr);
    CHECK(options.connections_per_session() == 4);
    CHECK(options.append_fsync == AppendFsync::everysec);
    CHECK(options.target() == "redis://db.example:7000/3?mode=get_decr&connections=4&appendfsync=everysec");
}

TEST_CASE("redis URL: what is not said has the defaults, and `redis` alone is a private server's") {
    const RedisOptions options = redis_options("redis://[::1]");
    CHECK(options.host == "::1");
    CHECK(options.port == 6379);
    CHECK(options.mode == RedisMode::lua);
    CHECK(options.target() == "redis://[::1]:6379?mode=lua");
    CHECK(redis_options("redis?mode=watch").mode == RedisMode::watch);
    CHECK(redis_options("redis").connections_per_session() == 1);
    CHECK(redis_options("redis://:secret@h").password == "secret");
}

TEST_CASE("redis URL: a mistake is named with what would be right, and without the password") {
    const std::pair<const char*, const char*> mistakes[] = {
        {"redis://h?mode=fast", "redis URL: mode 'fast' is not known: lua, watch, get_decr"},
        {"redis://h?modes=lua", "redis URL: setting 'modes' is not known: mode, connections, appendfsync"},
        {"redis://h?connections=0", "redis URL: connections '0' is no number from 1 to 64"},
        {"redis://h?appendfsync=yes", "redis URL: appendfsync 'yes' is not known: always, everysec, no"},
        {"redis://h:port", "redis URL: port 'port' is no number from 1 to 65535"},
        {"redis://h:70000", "redis URL: port '70000' is no number from 1 to 65535"},
        {"redis://h/x", "redis URL: database 'x' is no number from 0 to 1000000"},
        {"redis://", "redis URL: no host: redis://HOST:PORT"},
        {"redis://secret@h", "redis URL: before the @ stands USER:PASSWORD or :PASSWORD"},
        {"redis://:@h", "redis URL: the password before the @ is empty"},
        {"redis://:se%zzcret@h", "redis URL: a % in user or password is not followed by two hexadecimal digits"},
        {"redis://[::1", "redis URL: the [ before the host is not closed"},
        {"http://h", "redis URL: it has to begin with redis://"},
    };
    for (const auto& [url, message] : mistakes) CHECK_THROWS_WITH(redis_options(url), message);
}
