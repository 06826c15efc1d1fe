// Where Redis is and how it is used: redis://[[USER]:PASSWORD@]HOST[:PORT][/DATABASE][?mode=...&connections=...&appendfsync=...]
#pragma once

#include <cstdint>
#include <string>

#include "drivers/driver.hpp"

namespace lastunit::drivers {

// How a reservation is made. docs/redis.md says what each promises.
enum class RedisMode : std::uint8_t {
    lua,       // sound: one script checks and reserves, atomic with the key's answer
    watch,     // sound: read and decide here, then MULTI ... EXEC under WATCH; what another changed meanwhile is tried again
    get_decr,  // flawed, as shops write it: GET, then DECRBY when it was enough
};
const char* name_of(RedisMode mode);

// When the append-only file is synced: what a power cut can lose. kill -9 of Redis alone loses nothing that was answered with
// `always`, and what was answered since the last write() otherwise.
enum class AppendFsync : std::uint8_t { as_it_is, always, everysec, no };
const char* name_of(AppendFsync policy);

struct RedisOptions {
    std::string host = "127.0.0.1";
    std::uint16_t port = 6379;
    std::string user, password;  // "" = none
    unsigned database = 0;
    RedisMode mode = RedisMode::lua;
    // Of each session, 1 to 64: operations take turns on them. 0: what the mode needs (1; 16 with `watch`, where an operation has
    // a connection to itself).
    unsigned connections = 0;
    // A private server is started with this policy (always, where nothing is said); of any other it is demanded, never set.
    AppendFsync append_fsync = AppendFsync::as_it_is;
    // How long keys are remembered and ended holds known; a key costs some 150 bytes of Redis' memory. Not in the URL.
    Duration key_retention = minutes(10);

    unsigned connections_per_session() const {
        if (connections != 0) return connections;
        return mode == RedisMode::watch ? 16 : 1;
    }
    // As the user would write it, without user and password.
    std::string target() const;
};

// Also takes "redis" and "redis?mode=...": a private server's, whose host and port come later. Throws DriverError: one line that
// names what is wrong and what would be right; it never contains the password.
RedisOptions redis_options(const std::string& url);

}  // namespace lastunit::drivers
