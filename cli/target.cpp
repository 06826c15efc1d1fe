#include "cli/target.hpp"

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <thread>

#include "cli/target_up.hpp"
#include "drivers/driver.hpp"
#include "drivers/process/process_tree.hpp"
#include "drivers/targets/keeper.hpp"
#include "drivers/targets/ports.hpp"
#include "drivers/targets/state.hpp"
#include "drivers/targets/usage.hpp"
#include "scenarios/suggest.hpp"

namespace lastunit::cli {

namespace {

using namespace drivers::targets;
using State = lastunit::targets::TargetState;

constexpr auto kPatience = std::chrono::seconds(60);  // for a keeper that was asked to end

const TargetKind& kind_named(const std::string& name) {
    if (const TargetKind* kind = find_target(name)) return *kind;
    std::vector<std::string> names;
    for (const TargetKind& kind : target_kinds()) names.push_back(kind.name);
    throw BadInput("there is no target '" + name + "'" + scenarios::suggest(name, names) + " (lastunit target list)");
}

const TargetKind& named(const Arguments& arguments) {
    if (arguments.words.size() < 2) throw BadInput("target " + arguments.words[0] + ": which one? (lastunit target list)");
    return kind_named(arguments.words[1]);
}

TargetFolders folders() { return target_folders(std::getenv("XDG_CACHE_HOME"), std::getenv("HOME")); }

std::uint64_t number_up_to(const Arguments& arguments, const std::string& option, std::uint64_t otherwise, std::uint64_t most) {
    const std::uint64_t value = arguments.number(option).value_or(otherwise);
    if (value > most) throw BadInput("--" + option + ": at most " + std::to_string(most));
    return value;
}

Locking locking_named(const std::string& name) {
    for (const Locking locking : {Locking::as_delivered, Locking::redis, Locking::postgres})
        if (name == name_of(locking)) return locking;
    throw BadInput("--locking: '" + name + "'" + scenarios::suggest(name, {"default", "redis", "postgres"}) +
                   "; it is default, redis or postgres");
}

int up(const Arguments& arguments) {
    UpOptions options;
    options.kind = &named(arguments);
    options.processes = static_cast<unsigned>(number_up_to(arguments, "processes", options.processes, 1000));
    options.warm_up = static_cast<unsigned>(number_up_to(arguments, "warm-up", options.warm_up, 100'000));
    options.locking = locking_named(arguments.get("locking").value_or("default"));
    if (arguments.has("port")) options.port = static_cast<std::uint16_t>(number_up_to(arguments, "port", 0, 65'535));
    for (const std::string& text : arguments.all("stock")) add_stock(options.stock, text);
    check(options);
    const char* path = std::getenv("PATH");
    return bring_up_in_background(options, folders(), find_tools(*options.kind, options.locking, path == nullptr ? "" : path));
}

// The keeper of a folder, once it has told its number.
std::optional<State> state_of_keeper(const std::string& folder) {
    for (int tried = 0; has_keeper(folder); ++tried) {
        if (auto state = read_state(folder)) return state;
        if (tried == 100) throw drivers::DriverError(folder + ": somebody holds its lock and does not say who");
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return std::nullopt;
}

int down(const Arguments& arguments) {
    const TargetKind& kind = named(arguments);
    const std::string folder = folders().running(kind);
    const auto state = state_of_keeper(folder);
    if (!state) {
        remove_state(folder);
        std::printf("%s is not up\n", kind.name.c_str());
        return kOk;
    }
    const auto keeper = static_cast<pid_t>(state->keeper());
    kill(keeper, SIGTERM);
    const auto until = std::chrono::steady_clock::now() + kPatience;
    while (has_keeper(folder)) {
        if (std::chrono::steady_clock::now() > until) {
            drivers::kill_tree(keeper);
            remove_state(folder);
            break;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    std::printf("%s is down; what it is made of stays in %s\n", kind.name.c_str(), folders().installed(kind).c_str());
    return kOk;
}

std::string used(std::int64_t process) {
    const Usage usage = usage_of(static_cast<pid_t>(process));
    char text[96];
    std::snprintf(text, sizeof text, "process %lld, %.1f s of CPU, %llu MB", static_cast<long long>(process), usage.cpu_s,
                  static_cast<unsigned long long>(usage.resident_mb));
    return text;
}

std::string health_of(const TargetKind& kind, const lastunit::targets::ShopProcess& process) {
    if (!process.ended().empty()) return "ended (" + process.ended() + "; " + process.log() + ")";
    const std::size_t colon = process.url().rfind(':');
    const int status = http_status(static_cast<std::uint16_t>(std::atoi(process.url().c_str() + colon + 1)), kind.health);
    if (status == 200) return "answers";
    return status == 0 ? "does not answer" : "answers " + std::to_string(status);
}

void print(const TargetKind& kind, const State& state) {
    const std::int64_t now =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
    std::printf("%s %s: %s, since %lld s, locking %s, keeper %lld\n", kind.name.c_str(), state.version().c_str(),
                state.phase().c_str(), static_cast<long long>(now - state.since_s()), state.locking().c_str(),
                static_cast<long long>(state.keeper()));
    for (const auto& process : state.processes())
        std::printf("  %s  %s  %s\n", process.url().c_str(), health_of(kind, process).c_str(), used(process.process()).c_str());
    if (!state.database_url().empty())
        std::printf("  %s  %s\n", state.database_url().c_str(), used(state.database_process()).c_str());
    if (!state.redis_url().empty()) std::printf("  %s  %s\n", state.redis_url().c_str(), used(state.redis_process()).c_str());
    if (!state.flow().empty()) std::printf("  %s\n", state.flow().c_str());
}

// One: whether it is up is the exit status as well. All: those that are there.
int status(const Arguments& arguments) {
    int shown = 0, up = 0;
    for (const TargetKind& kind : target_kinds()) {
        if (arguments.words.size() > 1 && &kind != &kind_named(arguments.words[1])) continue;
        const auto state = state_of_keeper(folders().running(kind));
        ++shown;
        if (state)
            print(kind, *state);
        else
            std::printf("%s is not up\n", kind.name.c_str());
        if (state && state->phase() == "up") ++up;
    }
    return arguments.words.size() > 1 && up < shown ? kGateFailed : kOk;
}

int list(const Arguments& arguments) {
    if (arguments.words.size() > 1) throw BadInput("target list takes no name");
    for (const TargetKind& kind : target_kinds()) {
        std::string lockings;
        for (const Locking locking : kind.lockings) lockings += std::string(lockings.empty() ? "" : ", ") + name_of(locking);
        std::printf("%-8s  %s %s: %s\n          %u MB to install, %u MB a process, locking %s%s\n", kind.name.c_str(),
                    kind.title.c_str(), kind.version.c_str(), kind.summary.c_str(), kind.installed_mb, kind.memory_mb,
                    lockings.c_str(), is_installed(kind, folders()) ? ", installed" : "");
    }
    return kOk;
}

}  // namespace

int target(const Arguments& arguments) {
    const std::vector<std::pair<std::string, std::function<int(const Arguments&)>>> actions{
        {"up", up}, {"down", down}, {"status", status}, {"list", list}};
    std::vector<std::string> names;
    try {
        for (const auto& [name, action] : actions) {
            if (name == arguments.words[0]) return action(arguments);
            names.push_back(name);
        }
    } catch (const drivers::DriverError& error) {
        throw BadInput(error.what());
    }
    throw BadInput("target '" + arguments.words[0] + "'" + scenarios::suggest(arguments.words[0], names) +
                   "; it is up, down, status or list");
}

}  // namespace lastunit::cli
