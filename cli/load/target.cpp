#include "cli/load/target.hpp"

#include <fstream>
#include <sstream>

#include "cli/command.hpp"
#include "cli/load/breakable_target.hpp"
#include "cli/load/database_targets.hpp"
#include "drivers/inproc/durable_driver.hpp"
#include "drivers/inproc/ledger_driver.hpp"
#include "sim/initial_stock.hpp"
#ifdef LASTUNIT_HAS_HTTP
#include "cli/flow/flow_source.hpp"
#include "cli/load/shop_report.hpp"
#include "drivers/http/http_driver.hpp"
#endif
#ifdef LASTUNIT_HAS_GRPC
#include "drivers/grpc/grpc_driver.hpp"
#include "drivers/grpc/private_serve.hpp"
#endif

namespace lastunit::cli {
namespace {

#ifdef LASTUNIT_HAS_GRPC

constexpr std::uint16_t kUsualPort = 50051;  // of `lastunit serve`

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

void connect_grpc(Target& target, const TargetUrl& url, const HostAndPort& to) {
    std::string token = content_of(url, "token_file");
    while (!token.empty() && (token.back() == '\n' || token.back() == '\r' || token.back() == ' ')) token.pop_back();
    const std::string host = to.host.find(':') == std::string::npos ? to.host : "[" + to.host + "]";
    const drivers::ClientOptions options{
        .target = host + ":" + std::to_string(to.port), .token = token, .roots = content_of(url, "roots")};
    target.system = drivers::Client(options).describe(seconds(5)).system();
    target.driver = std::make_unique<drivers::GrpcDriver>(options, way_of(url));
}

Target over_grpc(const TargetUrl& url, const TargetNeeds& needs) {
    Target target;
    connect_grpc(target, url, through_proxy(target, host_and_port(url.address, kUsualPort), needs.faults));
    target.breakable.name = target.system;
    target.reachable = url.text;
    return target;
}

Target private_serve(const TargetUrl& url, const TargetNeeds& needs) {
    Target target;
    drivers::PrivateServe::Options options;
    options.program = own_program();
    options.environment = slow_disk_environment(target, needs.faults);
    const auto server = std::make_shared<drivers::PrivateServe>(needs.stock, options);
    target.server = server;
    target.breakable.name = "lastunit serve";
    target.breakable.server = &server->process();
    target.breakable.ready = [serve = server.get()] { return serve->ready(); };
    connect_grpc(target, url, through_proxy(target, {"127.0.0.1", server->port()}, needs.faults));
    const auto way = url.option("way");
    target.reachable = "grpc://" + server->address() + (way ? "?way=" + *way : "");
    return target;
}

#else

[[noreturn]] Target over_grpc(const TargetUrl&, const TargetNeeds&) {
    throw BadInput(
        "--target: this lastunit was built without gRPC: install libgrpc++-dev and protobuf-compiler-grpc, and build it "
        "again with -DLASTUNIT_GRPC=ON");
}
[[noreturn]] Target private_serve(const TargetUrl& url, const TargetNeeds& needs) { over_grpc(url, needs); }

#endif

#ifdef LASTUNIT_HAS_HTTP

// A platform lets go of what a cart has reserved by a clock of its own.
constexpr Duration kNobodyKnowsWhen = hours(24 * 365);

Target over_http(const TargetUrl& url, const TargetNeeds& needs) {
    std::vector<std::string> urls;
    for (const auto& [name, value] : url.options) urls.push_back(name + "=" + value);
    const auto plan = load_flow_or_explain(url.address, urls, Environment::needed);
    if (!plan) throw BadInput("--target: '" + url.shown() + "' has mistakes: see above");
    Target target;
    drivers::HttpShare share;
    if (needs.options) share.part = needs.options->shard, share.of = needs.options->shards;
    if (share.of > 1) share.start_unix_us = needs.options->start_at->unix_us;
    auto driver = std::make_unique<drivers::HttpDriver>(plan, share);
    target.report =
        std::make_unique<ShopReport>(*driver, *plan, needs.options ? needs.options->cpu_of : std::vector<WatchedProcess>{});
    target.driver = std::move(driver);
    target.system = plan->title.empty() ? plan->name : plan->title;
    target.breakable.name = target.system;
    target.expiry_late = kNobodyKnowsWhen;
    target.reachable = url.text;
    return target;
}

#else

[[noreturn]] Target over_http(const TargetUrl&, const TargetNeeds&) {
    throw BadInput(
        "--target: this lastunit was built without HTTP: install libssl-dev, libsimdjson-dev and libpugixml-dev, and build it "
        "again with "
        "-DLASTUNIT_HTTP=ON");
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

Target open_target(const TargetUrl& url, const TargetNeeds& needs) {
    try {
        if (url.scheme == "inproc") return in_process(url);
        if (url.scheme == "grpc") return over_grpc(url, needs);
        if (url.scheme == "serve") return private_serve(url, needs);
        if (url.scheme == "http") return over_http(url, needs);
        if (url.scheme == "postgres") return postgres_target(url, needs);
        return redis_target(url, needs);
    } catch (const drivers::DriverError& error) {
        throw BadInput("--target: " + std::string(error.what()));
    }
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
