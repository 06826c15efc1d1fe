#include "cli/flow/flow_source.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "cli/command.hpp"
#include "drivers/driver.hpp"
#include "drivers/http/flow_file.hpp"
#include "drivers/targets/keeper.hpp"
#include "drivers/targets/ports.hpp"
#include "drivers/targets/state.hpp"
#include "scenarios/suggest.hpp"

namespace lastunit::cli {
namespace {

namespace fs = std::filesystem;
namespace http = drivers::http;
namespace targets = drivers::targets;

// A shop of `lastunit target up` listens where there was room.
std::optional<std::string> flow_of_running_target(const std::string& name) {
    try {
        return drivers::targets::running_flow(
            drivers::targets::target_folders(std::getenv("XDG_CACHE_HOME"), std::getenv("HOME")), name);
    } catch (const drivers::DriverError&) {
        return std::nullopt;  // no cache, no shop
    }
}

http::LoadedFlow load(const std::string& file_or_name, const http::FlowOptions& options) {
    std::error_code ignored;
    if (fs::exists(file_or_name, ignored) && !fs::is_directory(file_or_name, ignored))
        return http::load_flow(file_or_name, options);
    if (file_or_name.find('/') != std::string::npos || file_or_name.ends_with(".yaml") || file_or_name.ends_with(".yml"))
        throw BadInput(file_or_name + ": there is no such file");
    if (const auto running = flow_of_running_target(file_or_name)) return http::load_flow(*running, options);
    std::vector<std::string> names;
    for (const targets::TargetKind& kind : targets::target_kinds()) {
        if (kind.name == file_or_name)
            return http::load_flow_text(targets::flow_with_urls(kind, {targets::loopback_url(kind.port)}),
                                        kind.name + "/flow.yaml", options);
        names.push_back(kind.name);
    }
    throw BadInput(file_or_name + ": there is no such file, and no flow of that name ships" +
                   scenarios::suggest(file_or_name, names));
}

std::pair<std::string, std::string> url_of(const std::string& text) {
    const std::size_t equals = text.find('='), slashes = text.find("://");
    if (slashes == std::string::npos) throw BadInput("--url: '" + text + "' is not [NAME=]http://HOST:PORT");
    if (equals == std::string::npos || equals > slashes) return {"", text};
    return {text.substr(0, equals), text.substr(equals + 1)};
}

}  // namespace

std::shared_ptr<const http::Plan> load_flow_or_explain(const std::string& file_or_name, const std::vector<std::string>& urls,
                                                       Environment environment) {
    http::FlowOptions options;
    options.environment = http::process_environment();
    for (const std::string& url : urls) options.urls.push_back(url_of(url));
    const http::LoadedFlow loaded = load(file_or_name, options);
    for (const scenarios::Diagnostic& one : loaded.errors) std::fprintf(stderr, "%s\n", one.text().c_str());
    if (!loaded.plan) return nullptr;
    if (environment == Environment::needed && !loaded.plan->unset.empty())
        throw BadInput(loaded.plan->file + ": needs the variable " + loaded.plan->unset.front() +
                       " in the environment, which is not set");
    return loaded.plan;
}

}  // namespace lastunit::cli
