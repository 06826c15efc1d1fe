#include "cli/load/target.hpp"

#include <fstream>
#include <sstream>

#include "cli/command.hpp"
#include "drivers/inproc/durable_driver.hpp"
#include "drivers/inproc/ledger_driver.hpp"
#include "sim/initial_stock.hpp"
#ifdef LASTUNIT_HAS_GRPC
#include "drivers/grpc/grpc_driver.hpp"
#endif

namespace lastunit::cli {
namespace {

#ifdef LASTUNIT_HAS_GRPC

std::string content_of(const TargetUrl& url, const std::string& option) {
    const auto path = url.option(option);
    if (!path) return "";
    std::ifstream file(*path, std::ios::binary);
    std::ostringstream out;
    out << file.rdbuf();
    std::string text = out.str();
    if (!file || text.empty()) throw BadInput("--target: " + option + ": cannot read " + *path + ", or it is empty");
    return text;
}

drivers::GrpcDriver::Way way_of(const TargetUrl& url) {
    const std::string way = url.option("way").value_or("calls");
    if (way == "calls") return drivers::GrpcDriver::Way::calls;
    if (way == "stream") return drivers::GrpcDriver::Way::stream;
    throw BadInput("--target: way=" + way + ": it is calls (a call for each command) or stream (batches on one stream)");
}

Target over_grpc(const TargetUrl& url, const std::string& address) {
    std::string token = content_of(url, "token_file");
    while (!token.empty() && (token.back() == '\n' || token.back() == '\r' || token.back() == ' ')) token.pop_back();
    const drivers::ClientOptions options{.target = address, .token = token, .roots = content_of(url, "roots")};
    Target target;
    target.system = drivers::Client(options).describe(seconds(5)).system();
    target.driver = std::make_unique<drivers::GrpcDriver>(options, way_of(url));
    target.reachable = url.text;
    return target;
}

#else

Target over_grpc(const TargetUrl&, const std::string&) {
    throw BadInput("--target: this lastunit was built without gRPC: install libgrpc++-dev and protobuf-compiler-grpc, and build it "
                   "again with -DLASTUNIT_GRPC=ON");
}

#endif

Target in_process(const TargetUrl& url) {
    Target target;
    if (url.address.empty()) {
        target.system = "lastunit, in the process, not durable";
        target.driver = std::make_unique<drivers::LedgerDriver>();
    } else {
        target.system = "lastunit, in the process, durable";
        target.driver = std::make_unique<drivers::DurableDriver>(url.address);
    }
    return target;
}

}  // namespace

Target open_target(const TargetUrl& url) {
    try {
        if (url.scheme == "inproc") return in_process(url);
        if (url.scheme == "grpc") return over_grpc(url, url.address);
    } catch (const drivers::DriverError& error) {
        throw BadInput("--target: " + std::string(error.what()));
    }
    throw BadInput("--target: this lastunit was built without the driver for '" + url.scheme + "'");
}

drivers::InitialStock stock_of(const model::Scenario& scenario, std::uint64_t seed) {
    drivers::InitialStock stock;
    for (const auto& node : scenario.network.nodes) stock.shape.nodes.push_back(node.name);
    for (const auto& sku : scenario.catalogue.skus) stock.shape.skus.push_back(sku.name);
    for (const auto& channel : scenario.channels) stock.shape.channels.push_back(channel.name);
    stock.units = sim::initial_stock(scenario, seed);
    return stock;
}

}  // namespace lastunit::cli
