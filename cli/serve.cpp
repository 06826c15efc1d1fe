#include "cli/serve.hpp"

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <sstream>
#include <thread>

#include "cli/scenario.hpp"
#include "cli/stop.hpp"
#include "cli/version.hpp"
#include "scenarios/quantity.hpp"
#include "sim/initial_stock.hpp"
#ifdef LASTUNIT_HAS_GRPC
#include "cli/serve_plan.hpp"
#include "drivers/engine/problem.hpp"
#include "drivers/grpc/server.hpp"
#include "drivers/inproc/ledger_driver.hpp"
#include "drivers/metrics/endpoint.hpp"
#include "drivers/metrics/text.hpp"
#endif

namespace lastunit::cli {

#ifndef LASTUNIT_HAS_GRPC

int serve(const Arguments&) {
    throw BadInput("this lastunit was built without gRPC: install libgrpc++-dev and protobuf-compiler-grpc, and build it again");
}

#else

namespace {

std::string file_of(const Arguments& arguments, const std::string& option) {
    const std::string path = *arguments.get(option);
    std::ifstream file(path, std::ios::binary);
    std::ostringstream out;
    out << file.rdbuf();
    if (!file || out.str().empty()) throw BadInput("--" + option + ": cannot read " + path + ", or it is empty");
    return out.str();
}

std::string token_of(const Arguments& arguments) {
    std::string token = file_of(arguments, "token-file");
    while (!token.empty() && (token.back() == '\n' || token.back() == '\r' || token.back() == ' ')) token.pop_back();
    if (token.size() < 16) throw BadInput("--token-file: a token of at least 16 characters is needed");
    return token;
}

drivers::ServerOptions server_options(const Arguments& arguments) {
    drivers::ServerOptions options;
    options.listen = arguments.get("listen").value_or(options.listen);
    options.system = std::string("lastunit ") + version_number();
    if (options.listen.rfind(':') == std::string::npos)
        throw BadInput("--listen: '" + options.listen + "' is not ADDRESS:PORT, e.g. 127.0.0.1:50051");
    if (arguments.has("token-file")) options.token = token_of(arguments);
    if (arguments.has("tls-cert") != arguments.has("tls-key")) throw BadInput("--tls-cert and --tls-key belong together");
    if (arguments.has("tls-cert")) {
        options.certificate = file_of(arguments, "tls-cert");
        options.private_key = file_of(arguments, "tls-key");
    }
    if (!drivers::is_loopback(options.listen) && (options.token.empty() || options.certificate.empty()))
        throw BadInput("--listen: " + options.listen +
                       " can be reached by others: that needs --tls-cert, --tls-key and --token-file, or listen on 127.0.0.1");
    return options;
}

Duration span_of(const Arguments& arguments, const std::string& option, Duration otherwise) {
    const auto text = arguments.get(option);
    if (!text) return otherwise;
    const auto parsed = scenarios::parse_quantity(*text, schema::DURATION, "");
    if (!parsed.error.empty()) throw BadInput("--" + option + ": " + parsed.error);
    if (parsed.value < 1) throw BadInput("--" + option + ": must be longer than nothing");
    return {static_cast<std::int64_t>(parsed.value)};
}

std::vector<std::string> numbered(const std::string& name, std::uint64_t count) {
    std::vector<std::string> out;
    for (std::uint64_t i = 0; i < count; ++i) out.push_back(name + "-" + std::to_string(i));
    return out;
}

template <class Things> std::vector<std::string> names_of(const Things& things) {
    std::vector<std::string> out;
    for (const auto& thing : things) out.push_back(thing.name);
    return out;
}

// What to keep: of the scenario, or so many nodes and SKUs without names or stock. Nothing: what the folder has.
std::optional<drivers::InitialStock> wanted(const Arguments& arguments, const std::optional<model::Scenario>& scenario) {
    drivers::InitialStock stock;
    if (scenario) {
        stock.shape = {names_of(scenario->network.nodes), names_of(scenario->catalogue.skus), names_of(scenario->channels)};
        stock.units = sim::initial_stock(*scenario, arguments.number("seed").value_or(scenario->run.seed));
        return stock;
    }
    const auto nodes = arguments.number("nodes");
    const auto skus = arguments.number("skus");
    if (!nodes && !skus) return std::nullopt;
    if (!nodes || !skus || *nodes == 0 || *skus == 0) throw BadInput("--nodes and --skus belong together, each at least 1");
    if (*nodes > 65'535 || *nodes * *skus > 200'000'000) throw BadInput("--nodes, --skus: more cells than a server can hold");
    stock.shape = {numbered("node", *nodes), numbered("sku", *skus), {"web", "app", "marketplace", "pos"}};
    stock.units.assign(*nodes * *skus, static_cast<Quantity>(arguments.number("units").value_or(0)));
    return stock;
}

BadInput nothing_yet(const std::string& folder) {
    return BadInput(folder + " holds nothing yet: name a scenario, or give --nodes and --skus, for what is kept in it");
}

void make_or_compare(const drivers::DataFolder& folder, const Arguments& arguments,
                     const std::optional<drivers::InitialStock>& stock) {
    if (folder.fresh()) {
        if (!stock) throw nothing_yet(folder.path());
        core::LedgerConfig config;
        config.nodes = static_cast<std::uint32_t>(stock->shape.nodes.size());
        config.skus = static_cast<std::uint32_t>(stock->shape.skus.size());
        config.channels = static_cast<std::uint32_t>(stock->shape.channels.size());
        config.key_retention = span_of(arguments, "keys", minutes(10));
        drivers::Engine::create(folder, {stock->shape.nodes, stock->shape.skus, stock->shape.channels}, config,
                                [&](core::Ledger& ledger, core::Events&) {
                                    ledger = drivers::ledger_with(*stock, config.key_retention, drivers::Engine::wall_clock());
                                });
        return;
    }
    if (arguments.has("keys")) throw BadInput("--keys: is chosen once, when " + folder.path() + " is made");
    if (!stock) return;
    const drivers::Catalogue kept = drivers::read_catalogue(folder);
    if (kept != drivers::Catalogue{stock->shape.nodes, stock->shape.skus, stock->shape.channels})
        throw BadInput(folder.path() + " keeps other nodes, SKUs or channels than this; choose another folder for it");
}

std::string with_port(const std::string& listen, int port) {
    return listen.substr(0, listen.rfind(':') + 1) + std::to_string(port);
}

void say(const std::string& line) { std::fprintf(stderr, "lastunit serve: %s\n", line.c_str()); }

// Until a signal, or until the disk has failed.
std::string wait_for_the_end(const drivers::Engine& engine) {
    while (!StopSignals::requested()) {
        if (std::string failure = engine.failure(); !failure.empty()) return failure;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return "";
}

int serve_folder(const Arguments& arguments, const std::optional<model::Scenario>& scenario) {
    drivers::ServerOptions options = server_options(arguments);
    const auto stock = wanted(arguments, scenario);
    const std::string data = *arguments.get("data");
    if (!stock && !std::filesystem::exists(data)) throw nothing_yet(data);
    auto folder = std::make_unique<drivers::DataFolder>(data);
    make_or_compare(*folder, arguments, stock);
    drivers::EngineOptions engine_options;
    engine_options.snapshot_every = std::max<std::uint64_t>(1, arguments.number("snapshot-every").value_or(5'000'000));
    engine_options.warn = say;
    if (scenario) options.plan = planner(*scenario);

    const StopSignals signals;
    drivers::Engine engine(std::move(folder), engine_options);
    drivers::Server server(engine, options);
    std::optional<drivers::MetricsEndpoint> metrics;
    if (const auto listen = arguments.get("metrics"))
        metrics.emplace(*listen, [&engine] { return drivers::metrics_text(engine); });

    const drivers::Recovery& how = engine.recovery();
    const std::string address = with_port(options.listen, server.port());
    std::printf("serving %zu nodes, %zu SKUs on %s (recovered in %.3f s: snapshot %llu and %llu records)\n",
                engine.catalogue().nodes.size(), engine.catalogue().skus.size(), address.c_str(), how.seconds,
                static_cast<unsigned long long>(how.snapshot), static_cast<unsigned long long>(how.records));
    if (metrics) std::printf("metrics on http://%s/metrics\n", with_port(*arguments.get("metrics"), metrics->port()).c_str());
    std::fflush(stdout);
    const std::string failure = wait_for_the_end(engine);
    server.stop();
    if (!failure.empty()) {
        say("stopped: " + failure);
        return kInternal;
    }
    std::printf("stopped at sequence %llu, all of it durable\n", static_cast<unsigned long long>(engine.stats().durable.get()));
    return kOk;
}

}  // namespace

int serve(const Arguments& arguments) {
    if (!arguments.has("data")) throw BadInput("--data: in which folder is it kept? e.g. --data ./stock");
    std::optional<model::Scenario> scenario;
    if (!arguments.words.empty()) {
        scenario = load_or_explain(arguments.words[0], arguments);
        if (!scenario) return kBadInput;
    }
    try {
        return serve_folder(arguments, scenario);
    } catch (const drivers::Problem& problem) {
        throw BadInput(problem.what());
    } catch (const drivers::DriverError& error) {
        throw BadInput(error.what());
    }
}

#endif

}  // namespace lastunit::cli
