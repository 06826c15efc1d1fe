// A Redis of one's own: Debian's redis-server on a free port of 127.0.0.1, in a temporary folder, gone with its owner.
//
// Everything is written to an append-only file, synced as `append_fsync` says; no snapshots. It is killed when the owner's
// process ends, however that ends. Anybody on this machine may talk to it: it has no password unless the settings give it one.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "drivers/process/server_process.hpp"
#include "drivers/process/temporary_folder.hpp"
#include "drivers/redis/options.hpp"

namespace lastunit::drivers {

class PrivateRedis {
   public:
    // `as_it_is` means always. `settings`: further lines of redis.conf. `environment`: see ServerCommand. Throws DriverError when
    // there is no redis-server, or it does not come up.
    explicit PrivateRedis(AppendFsync append_fsync = AppendFsync::always, const std::vector<std::string>& settings = {},
                          const std::vector<std::string>& environment = {});
    ~PrivateRedis();

    // Where redis-server is; empty when it is not installed.
    static std::string program();

    // These, with this server's host, port and policy.
    RedisOptions options(RedisOptions options = {}) const;
    std::uint16_t port() const { return port_; }

    // kill_tree(), stall(), resume(): faults. After a kill restart() it here, so that it is waited for; or its own restart(), and
    // ask ready().
    ServerProcess& process() { return *process_; }
    // Kills it if it runs, starts it over the same file, and waits until it has loaded that.
    void restart(Duration patience = seconds(60));
    bool ready() const;  // it has loaded its file and answers; asks for a second at most
    // The file that commands are appended to, for tests that damage it.
    std::string append_only_file() const;

   private:
    void wait_until_ready(Duration patience);

    const AppendFsync append_fsync_;
    TemporaryFolder folder_;
    std::uint16_t port_ = 0;
    std::unique_ptr<ServerProcess> process_;
};

}  // namespace lastunit::drivers
