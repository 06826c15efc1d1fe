#include "drivers/grpc/private_serve.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "drivers/engine/engine.hpp"
#include "drivers/engine/problem.hpp"
#include "drivers/grpc/client.hpp"
#include "drivers/inproc/ledger_driver.hpp"
#include "drivers/process/loopback_port.hpp"

namespace lastunit::drivers {

namespace {

void make_folder(const std::string& path, const InitialStock& stock, Duration key_retention) {
    const Shape& shape = stock.shape;
    core::LedgerConfig config;
    config.nodes = static_cast<std::uint32_t>(shape.nodes.size());
    config.skus = static_cast<std::uint32_t>(shape.skus.size());
    config.channels = static_cast<std::uint32_t>(shape.channels.size());
    config.key_retention = key_retention;
    try {
        const DataFolder folder(path);
        Engine::create(folder, {shape.nodes, shape.skus, shape.channels}, config, [&](core::Ledger& ledger, core::Events&) {
            ledger = ledger_with(stock, key_retention, Engine::wall_clock());
        });
    } catch (const Problem& problem) {
        throw DriverError(problem.what());
    }
}

// gRPC's own channel would wait for its back-off before it tries a second time.
bool somebody_listens(std::uint16_t port) {
    const File socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return connect(socket.descriptor(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

}  // namespace

PrivateServe::PrivateServe(const InitialStock& stock, Options options)
    : options_(std::move(options)), folder_("serve"), port_(free_loopback_port()), process_("lastunit serve", command()) {
    make_folder(folder_.path("data"), stock, options_.key_retention);
    process_.start();
    process_.wait_until([this] { return ready(); }, options_.patience);
}

ServerCommand PrivateServe::command() const {
    ServerCommand command;
    command.words = {options_.program, "serve", "--data", folder_.path("data"), "--listen", address()};
    command.words.insert(command.words.end(), options_.words.begin(), options_.words.end());
    command.environment = options_.environment;
    command.folder = folder_.path();
    command.log = folder_.path("log");
    return command;
}

std::string PrivateServe::address() const { return "127.0.0.1:" + std::to_string(port_); }

bool PrivateServe::ready() const {
    if (!somebody_listens(port_)) return false;
    try {
        Client({.target = address(), .token = "", .roots = ""}).describe(seconds(1));
        return true;
    } catch (const DriverError&) {
        return false;
    }
}

}  // namespace lastunit::drivers
