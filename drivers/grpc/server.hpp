// The engine behind the contract of inventory.proto.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/ledger.hpp"
#include "drivers/engine/engine.hpp"

namespace lastunit::drivers {

// An order to be routed, and the answer; the caller of the server knows the network.
struct PlanQuestion {
    std::vector<core::Line> lines;  // `node` unused
    double latitude = 0, longitude = 0;
    ChannelId channel;
};
struct PlanAnswer {
    std::vector<core::Line> lines;
    Money cost = 0;
    std::vector<std::pair<NodeId, std::string>> rejected;
};
using Planner = std::function<PlanAnswer(const PlanQuestion&, const core::Ledger&)>;

struct ServerOptions {
    std::string listen = "127.0.0.1:50051";  // port 0: any free one
    std::string token;                       // "" = none asked for
    std::string certificate, private_key;    // PEM; both or none. "" = plain text
    std::string system = "lastunit";
    std::uint32_t most_commands = 10'000;  // of a batch
    std::size_t most_message_bytes = 4U << 20;
    unsigned threads = 0;  // that serve the network; 0 = half of the processors
    Planner plan;          // empty: Plan is unimplemented. Called on the engine's applying thread
};

// Whether the address is reachable from this machine alone: 127.0.0.0/8, ::1, localhost.
bool is_loopback(const std::string& listen);

class Server {
   public:
    // Listens. Throws Problem: the address is taken, the certificate is none, ...
    Server(Engine& engine, ServerOptions options);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    int port() const;
    // Takes no more calls, lets those under way end for at most so long, then closes the engine: all that was taken is durable.
    // Only once.
    void stop(Duration at_most = seconds(5));

   private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace lastunit::drivers
