#include "drivers/postgres/private_postgres.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

#include "drivers/postgres/database.hpp"
#include "drivers/process/loopback_port.hpp"

namespace lastunit::drivers {

namespace {

namespace fs = std::filesystem;

constexpr Duration kReadyAtMost = seconds(60);

bool has_server(const fs::path& folder) {
    std::error_code ignored;
    return fs::exists(folder / "initdb", ignored) && fs::exists(folder / "postgres", ignored);
}

std::string random_word() {
    std::random_device device;
    std::string word;
    for (int i = 0; i < 4; ++i) {
        char digits[9];
        word.append(digits, std::to_chars(digits, digits + sizeof digits, device(), 16).ptr);
    }
    return word;
}

// PostgreSQL refuses root.
std::optional<User> account() {
    if (geteuid() != 0) return std::nullopt;
    for (const char* name : {"postgres", "nobody"})
        if (const auto user = user_named(name)) return user;
    throw DriverError("PostgreSQL does not run as root, and there is no account postgres or nobody to run it as");
}

std::string file_text(const std::string& path) {
    std::ifstream in(path);
    return postgres::one_line(std::string(std::istreambuf_iterator<char>(in), {}).c_str());
}

}  // namespace

std::string find_postgres_binaries() {
    const char* path = std::getenv("PATH");
    std::string rest = path != nullptr ? path : "";
    while (!rest.empty()) {
        std::string folder = rest.substr(0, rest.find(':'));
        rest.erase(0, std::min(folder.size() + 1, rest.size()));
        if (!folder.empty() && has_server(folder)) return folder;
    }
    std::string best;
    int newest = -1;
    for (const char* root : {"/usr/lib/postgresql", "/usr/pgsql", "/opt/postgresql", "/usr/local/pgsql"}) {
        if (has_server(fs::path(root) / "bin") && best.empty()) best = std::string(root) + "/bin";
        std::error_code ignored;
        for (const auto& entry : fs::directory_iterator(root, ignored)) {
            const int version = std::atoi(entry.path().filename().c_str());
            if (version <= newest || !has_server(entry.path() / "bin")) continue;
            newest = version;
            best = (entry.path() / "bin").string();
        }
    }
    return best;
}

PrivatePostgres::PrivatePostgres(const PrivatePostgresOptions& options)
    : folder_("postgres"), user_(account()), options_(options), binaries_(find_postgres_binaries()), password_(random_word()) {
    if (binaries_.empty())
        throw DriverError(
            "no PostgreSQL server is installed here (Debian: postgresql): give the address of one, postgres://HOST/DATABASE");
    if (user_) folder_.give_to(*user_);
    make_cluster(binaries_);
    // Somebody else may take the port in between.
    for (int attempt = 0;; ++attempt) {
        port_ = free_loopback_port();
        try {
            start(kReadyAtMost);
            return;
        } catch (const DriverError&) {
            if (attempt == 2) throw;
        }
    }
}

PrivatePostgres::~PrivatePostgres() {
    // Nothing in it is to be kept: no shutdown checkpoint.
    if (process_) process_->kill_tree();
}

void PrivatePostgres::make_cluster(const std::string& binaries) {
    const std::string secret = folder_.path("password");
    std::ofstream(secret) << password_ << '\n';
    fs::permissions(secret, fs::perms::owner_read | fs::perms::owner_write);
    if (user_ && chown(secret.c_str(), user_->uid, user_->gid) != 0) throw DriverError("PostgreSQL: cannot give it its password");
    ServerCommand command;
    command.words = {binaries + "/initdb",  "--pgdata=" + folder_.path("data"),
                     "--username=lastunit", "--auth=md5",
                     "--pwfile=" + secret,  "--encoding=UTF8",
                     "--no-locale",         "--no-sync"};
    command.user = user_;
    command.folder = folder_.path();
    command.log = folder_.path("initdb.log");
    const pid_t child = spawn(command);
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    fs::remove(secret);
    if (status != 0) throw DriverError("PostgreSQL: initdb failed: " + file_text(command.log));
}

void PrivatePostgres::start(Duration at_most) {
    ServerCommand command;
    // The schedule of checkpoints is left to the size of the log: none falls into a short run. Waiting for a free connection is
    // ours.
    command.words = {binaries_ + "/postgres", "-D", folder_.path("data"), "-p", std::to_string(port_)};
    for (const std::string& setting :
         {std::string("listen_addresses=127.0.0.1"), std::string("unix_socket_directories="),
          "max_connections=" + std::to_string(options_.max_connections), std::string("shared_buffers=256MB"),
          std::string("checkpoint_timeout=1h"), std::string("max_wal_size=8GB"), std::string("wal_level=minimal"),
          std::string("max_wal_senders=0"), std::string("password_encryption=md5"),
          std::string("max_pred_locks_per_transaction=256"), std::string("autovacuum_naptime=5s"),
          std::string("logging_collector=off"), std::string("log_min_messages=fatal"),
          std::string("log_min_error_statement=panic")}) {
        command.words.push_back("-c");
        command.words.push_back(setting);
    }
    for (const std::string& setting : options_.settings) {
        command.words.push_back("-c");
        command.words.push_back(setting);
    }
    command.environment = options_.environment;
    command.user = user_;
    command.folder = folder_.path();
    command.log = folder_.path("server.log");
    process_ = std::make_unique<ServerProcess>("PostgreSQL", command);
    process_->start();
    process_->wait_until([this] { return answers(); }, at_most);
}

bool PrivatePostgres::answers() const { return PQping(url("connect_timeout=2").c_str()) == PQPING_OK; }

std::string PrivatePostgres::url(const std::string& query, std::uint16_t port) const {
    return "postgres://lastunit:" + password_ + "@127.0.0.1:" + std::to_string(port == 0 ? port_ : port) + "/postgres" +
           (query.empty() ? "" : "?" + query);
}

void PrivatePostgres::start_again() {
    if (process_->pid() >= 0) return;  // a server whose lock file is gone ends
    // It names a process that is gone; its number may have gone to another by now.
    std::error_code ignored;
    fs::remove(folder_.path("data/postmaster.pid"), ignored);
    process_->start();
}

void PrivatePostgres::restart(Duration at_most) {
    process_->kill_tree();
    start_again();
    process_->wait_until([this] { return answers(); }, at_most);
}

}  // namespace lastunit::drivers
