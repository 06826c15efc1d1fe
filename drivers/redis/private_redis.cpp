#include "drivers/redis/private_redis.hpp"

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "drivers/process/loopback_port.hpp"
#include "drivers/redis/caller.hpp"

namespace lastunit::drivers {

namespace {

constexpr int kPorts = 5;  // tried: between looking for a free one and listening somebody else may take it
constexpr Duration kStart = seconds(60);

}  // namespace

std::string PrivateRedis::program() {
    for (const char* path : {"/usr/bin/redis-server", "/usr/local/bin/redis-server"})
        if (std::filesystem::exists(path)) return path;
    return "";
}

PrivateRedis::PrivateRedis(AppendFsync append_fsync, const std::vector<std::string>& settings,
                           const std::vector<std::string>& environment)
    : append_fsync_(append_fsync == AppendFsync::as_it_is ? AppendFsync::always : append_fsync), folder_("redis") {
    if (program().empty()) throw DriverError("redis: no redis-server here: install Debian's package redis-server");
    for (int tried = 1;; ++tried) {
        port_ = free_loopback_port();
        {
            std::ofstream conf(folder_.path("redis.conf"), std::ios::trunc);
            // A rewrite of the file belongs into every measured window or into none: into none that is of any length.
            conf << "bind 127.0.0.1\nport " << port_ << "\ndir " << folder_.path() << "\nsave \"\"\nappendonly yes\nappendfsync "
                 << name_of(append_fsync_)
                 << "\nauto-aof-rewrite-min-size 4gb\nloglevel notice\nmaxclients 4000\ntcp-backlog 511\n";
            for (const std::string& line : settings) conf << line << "\n";
            if (!conf.flush()) throw DriverError("redis: cannot write " + folder_.path("redis.conf"));
        }
        ServerCommand command;
        command.words = {program(), folder_.path("redis.conf")};
        command.folder = folder_.path();
        command.environment = environment;
        command.log = folder_.path("log");
        process_ = std::make_unique<ServerProcess>("Redis", std::move(command));
        process_->start();
        try {
            wait_until_ready(kStart);
            return;
        } catch (const DriverError&) {
            const bool taken = process_->log_tail(20).find("in use") != std::string::npos;
            if (!taken || tried == kPorts) throw;
        }
    }
}

PrivateRedis::~PrivateRedis() = default;

RedisOptions PrivateRedis::options(RedisOptions options) const {
    options.host = "127.0.0.1";
    options.port = port_;
    options.append_fsync = append_fsync_;
    return options;
}

void PrivateRedis::restart(Duration patience) {
    process_->restart();
    wait_until_ready(patience);
}

void PrivateRedis::wait_until_ready(Duration patience) {
    process_->wait_until([this] { return ready(); }, patience);
}

bool PrivateRedis::ready() const {
    try {
        const RedisOptions where = options();
        redis::Caller caller(redis::address_of(where), where, seconds(1));
        caller.call({"PING"});
        return true;
    } catch (const DriverError& error) {
        // A password of the settings is not known here: being asked for it is an answer too.
        return std::string(error.what()).find("NOAUTH") != std::string::npos;
    }
}

std::string PrivateRedis::append_only_file() const {
    std::string last;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path("appendonlydir")))
        if (entry.path().string().ends_with(".incr.aof")) last = std::max(last, entry.path().string());
    return last;
}

}  // namespace lastunit::drivers
