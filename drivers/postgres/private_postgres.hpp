// A PostgreSQL server of our own: a cluster in a temporary folder, on a free port of 127.0.0.1, with a password that nobody
// knows, gone with this object. The machine's own clusters are neither used nor touched.
//
// It is durable (fsync is on) unless asked otherwise. PostgreSQL refuses to run as root: as root it is run as the account
// `postgres` or else `nobody`.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "drivers/driver.hpp"
#include "drivers/process/server_process.hpp"
#include "drivers/process/temporary_folder.hpp"

namespace lastunit::drivers {

struct PrivatePostgresOptions {
    std::vector<std::string> environment;  // of the server, e.g. LD_PRELOAD for a slow disk
    unsigned max_connections = 300;
    std::vector<std::string> settings;  // further ones, "jit=off"; they win over ours
};

class PrivatePostgres {
   public:
    // Returns when it takes connections; throws DriverError.
    explicit PrivatePostgres(const PrivatePostgresOptions& options = {});
    ~PrivatePostgres();
    PrivatePostgres(const PrivatePostgres&) = delete;
    PrivatePostgres& operator=(const PrivatePostgres&) = delete;

    // With the password; `query` without the question mark: "mode=ledger". `port`: another way to it, through a proxy.
    std::string url(const std::string& query = "", std::uint16_t port = 0) const;
    std::uint16_t port() const { return port_; }
    ServerProcess& process() { return *process_; }
    bool answers() const;  // it takes connections at this moment; asks for two seconds at most

    // After process().kill_tree(): starts it again in the same folder, which process().start() alone may not achieve, for the
    // lock file that lies there. Returns at once; nothing when it runs.
    void start_again();
    // Kills it if it runs, starts it again and waits until it has recovered and takes connections.
    void restart(Duration at_most = seconds(60));

   private:
    void make_cluster(const std::string& binaries);
    void start(Duration at_most);

    TemporaryFolder folder_;
    std::optional<User> user_;
    PrivatePostgresOptions options_;
    std::string binaries_, password_;
    std::uint16_t port_ = 0;
    std::unique_ptr<ServerProcess> process_;
};

// The folder with initdb and postgres of the newest version installed ($PATH, Debian's /usr/lib/postgresql/N/bin, others);
// empty: there is none.
std::string find_postgres_binaries();

}  // namespace lastunit::drivers
