// One page over HTTP, for a scraper on this machine: GET /metrics, one connection at a time, a second of patience for each.
#pragma once

#include <functional>
#include <string>
#include <thread>

#include "drivers/engine/files.hpp"

namespace lastunit::drivers {

class MetricsEndpoint {
   public:
    // `listen` is ADDRESS:PORT with an IPv4 address; port 0 takes any free one. Throws Problem.
    MetricsEndpoint(const std::string& listen, std::function<std::string()> page);
    ~MetricsEndpoint();
    MetricsEndpoint(const MetricsEndpoint&) = delete;
    MetricsEndpoint& operator=(const MetricsEndpoint&) = delete;

    int port() const { return port_; }

   private:
    void serve();
    void answer(int connection) const;

    std::function<std::string()> page_;
    File socket_;
    File wake_read_, wake_write_;
    int port_ = 0;
    std::thread thread_;
};

}  // namespace lastunit::drivers
