// `lastunit serve` as a child of this process, with a folder of its own, for a live run against the core itself.
#pragma once

#include <string>

#include "drivers/driver.hpp"
#include "drivers/process/server_process.hpp"
#include "drivers/process/temporary_folder.hpp"

namespace lastunit::drivers {

class PrivateServe {
   public:
    struct Options {
        std::string program;                   // the path of a `lastunit`; usually our own
        std::vector<std::string> words;        // further ones for `serve`: --snapshot-every, --metrics, ...
        std::vector<std::string> environment;  // see ServerCommand
        Duration key_retention = minutes(10);  // of the wall clock
        Duration patience = seconds(60);       // until it answers
    };

    // Writes the shop with its stock into a temporary folder ($TMPDIR: where the disk is decides what a durable answer costs),
    // starts the server on a free loopback port and returns when it answers. Throws DriverError with what the server said.
    PrivateServe(const InitialStock& stock, Options options);

    std::uint16_t port() const { return port_; }
    std::string address() const;  // 127.0.0.1:PORT
    ServerProcess& process() { return process_; }
    bool ready() const;  // it answers at this moment; asks for a second at most

   private:
    ServerCommand command() const;

    const Options options_;
    const TemporaryFolder folder_;
    const std::uint16_t port_;
    ServerProcess process_;
};

}  // namespace lastunit::drivers
