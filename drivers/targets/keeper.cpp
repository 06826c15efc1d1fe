#include "drivers/targets/keeper.hpp"

#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>
#include <utility>

#include "drivers/driver.hpp"
#include "drivers/process/server_process.hpp"
#include "drivers/targets/ports.hpp"
#include "drivers/targets/servers.hpp"
#include "drivers/targets/state.hpp"

namespace lastunit::drivers::targets {

namespace {

constexpr Duration kHealthyAtMost = minutes(5);  // seconds on an idle machine; installs and tests share it with others
constexpr auto kLookAgain = std::chrono::milliseconds(100);

class Stopped {};

std::int64_t now_s() {
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

void replace_all(std::string& text, const std::string& what, const std::string& by) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
}

}  // namespace

struct Keeper::Shop {
    std::optional<File> lock;
    std::string folder;  // running/NAME
    lastunit::targets::TargetState state;
    std::vector<std::uint16_t> ports;
    std::unique_ptr<ShopServers> servers;
    std::vector<std::string> environment;
    std::vector<std::unique_ptr<ServerProcess>> processes;  // before what they talk to is gone: destroyed first
};

std::string flow_with_urls(const TargetKind& kind, const std::vector<std::string>& urls) {
    std::string text;
    for (const TargetFile& file : kind.files)
        if (file.name == "flow.yaml") text = file.text;
    const std::string usual = loopback_url(kind.port);
    replace_all(text, "shop: " + usual, "shop: " + joined(urls, " "));
    if (urls.front() != usual) replace_all(text, ": " + usual + "\n", ": " + urls.front() + "\n");
    return text;
}

Keeper::Keeper(UpOptions options, TargetFolders folders, Tools tools, Say say, std::function<bool()> stop)
    : options_(std::move(options)),
      folders_(std::move(folders)),
      tools_(std::move(tools)),
      say_(std::move(say)),
      stop_(std::move(stop)) {
    check(options_);
}

Keeper::~Keeper() {
    if (shop_ && shop_->lock) remove_state(shop_->folder);
}

void Keeper::tick() const {
    if (stop_()) throw Stopped{};
}

void Keeper::phase(const std::string& what) {
    shop_->state.set_phase(what);
    write_state(shop_->folder, shop_->state);
    say_(what);
}

bool Keeper::bring_up() {
    shop_ = std::make_unique<Shop>();
    shop_->folder = folders_.running(*options_.kind);
    make_folder(shop_->folder);
    shop_->lock = try_lock(keeper_lock(shop_->folder));
    if (!shop_->lock)
        throw DriverError(options_.kind->name + " is up already (lastunit target status " + options_.kind->name +
                          "); end it with lastunit target down " + options_.kind->name);
    for (const auto& entry : std::filesystem::directory_iterator(shop_->folder))
        if (entry.path().extension() == ".log" && entry.path().stem() != "keeper") std::filesystem::remove(entry.path());
    lastunit::targets::TargetState& state = shop_->state;
    state.set_target(options_.kind->name);
    state.set_version(options_.kind->version);
    state.set_locking(name_of(options_.locking));
    state.set_keeper(getpid());
    state.set_since_s(now_s());
    state.set_admin_user(options_.kind->admin_user);
    state.set_admin_password(kAdminPassword);
    try {
        shop_->ports = choose_ports(options_.port, options_.kind->port, options_.processes);
        phase("looking at what is installed");
        install(*options_.kind, folders_, tools_, shop_->folder + "/install.log", say_, [this] { tick(); });
        start_servers();
        prepare();
        start_processes();
        wait_until_healthy();
        warm_up();
        write_flow();
        phase("up");
        return true;
    } catch (const Stopped&) {
        return false;
    }
}

void Keeper::start_servers() {
    phase(options_.locking == Locking::redis ? "starting PostgreSQL and Redis" : "starting PostgreSQL");
    shop_->servers = std::make_unique<ShopServers>(options_.locking);
    tick();
    Surroundings surroundings;
    surroundings.database_url = shop_->servers->database_url();
    surroundings.redis_url = shop_->servers->redis_url();
    surroundings.run_folder = shop_->folder;
    surroundings.locking = options_.locking;
    surroundings.stock = options_.stock;
    if (surroundings.stock.empty())
        for (const char* sku : {"sku-1", "sku-2", "sku-3"}) surroundings.stock[sku] = 100;
    surroundings.stock[kWarmUpSku] = 1'000'000;
    for (const std::uint16_t port : shop_->ports) surroundings.urls.push_back(loopback_url(port));
    surroundings.warm_up = options_.warm_up;
    shop_->environment = environment_of(*options_.kind, surroundings);
    shop_->state.set_database_url(surroundings.database_url);
    shop_->state.set_database_process(shop_->servers->database_process());
    shop_->state.set_redis_url(surroundings.redis_url);
    shop_->state.set_redis_process(shop_->servers->redis_process());
}

namespace {

std::vector<std::string> filled(std::vector<std::string> words, const TargetKind& kind, const std::string& port) {
    for (std::string& word : words) {
        replace_all(word, "{port}", port);
        replace_all(word, "{user}", kind.admin_user);
        replace_all(word, "{password}", kAdminPassword);
    }
    return words;
}

}  // namespace

void Keeper::run(const std::string& name, const std::string& log, const std::vector<std::string>& words) {
    ServerCommand command;
    command.words = filled(words, *options_.kind, "");
    command.words.insert(command.words.begin(), tools_.node);
    command.environment = shop_->environment;
    command.folder = folders_.installed(*options_.kind);
    command.log = shop_->folder + "/" + log;
    run_to_end(name, command, [this] { tick(); });
}

void Keeper::prepare() {
    std::size_t step = 0;
    const auto& steps = options_.kind->prepare;
    for (const auto& words : steps) {
        ++step;
        phase("making the database and filling it" +
              (steps.size() == 1 ? "" : " (" + std::to_string(step) + " of " + std::to_string(steps.size()) + ")"));
        run("filling " + options_.kind->name, "prepare.log", words);
    }
}

void Keeper::start_processes() {
    phase("starting " + options_.kind->title);
    for (std::size_t i = 0; i < shop_->ports.size(); ++i) {
        const std::string port = std::to_string(shop_->ports[i]);
        ServerCommand command;
        command.words = filled(options_.kind->start, *options_.kind, port);
        command.words.insert(command.words.begin(), tools_.node);
        command.environment = shop_->environment;
        command.folder = folders_.installed(*options_.kind);
        command.log = shop_->folder + "/shop-" + std::to_string(i + 1) + ".log";
        shop_->processes.push_back(std::make_unique<ServerProcess>(options_.kind->title + " at port " + port, command));
        ServerProcess& process = *shop_->processes.back();
        process.start();
        lastunit::targets::ShopProcess& row = *shop_->state.add_processes();
        row.set_url(loopback_url(shop_->ports[i]));
        row.set_process(process.pid());
        row.set_log(command.log);
    }
}

void Keeper::wait_until_healthy() {
    for (std::size_t i = 0; i < shop_->ports.size(); ++i)
        shop_->processes[i]->wait_until(
            [&] {
                tick();
                return http_status(shop_->ports[i], options_.kind->health) == 200;
            },
            kHealthyAtMost);
}

void Keeper::warm_up() {
    if (options_.warm_up == 0) return;
    phase("warming up: " + std::to_string(options_.warm_up) + " checkouts" + (options_.processes > 1 ? " at each process" : ""));
    run("the warm-up of " + options_.kind->name, "warm-up.log", options_.kind->warm_up);
}

void Keeper::write_flow() {
    std::vector<std::string> urls;
    for (const std::uint16_t port : shop_->ports) urls.push_back(loopback_url(port));
    const std::string path = shop_->folder + "/flow.yaml";
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out << flow_with_urls(*options_.kind, urls);
    out.close();
    if (!out) throw DriverError(path + ": cannot write it");
    shop_->state.set_flow(path);
}

void Keeper::keep() {
    while (!stop_()) {
        bool news = false;
        for (int i = 0; i < shop_->state.processes_size(); ++i) {
            lastunit::targets::ShopProcess& row = *shop_->state.mutable_processes(i);
            const auto how = shop_->processes[static_cast<std::size_t>(i)]->ended();
            if (!how || !row.ended().empty()) continue;
            row.set_ended(*how);
            news = true;
        }
        if (news) write_state(shop_->folder, shop_->state);
        std::this_thread::sleep_for(kLookAgain);
    }
}

std::string Keeper::description() const {
    const lastunit::targets::TargetState& state = shop_->state;
    std::string text = options_.kind->title + " " + options_.kind->version + " is up:";
    for (const auto& process : state.processes()) text += " " + process.url();
    text += "\n  administrator  " + state.admin_user() + " / " + state.admin_password() + "\n";
    text += "  locking        " + state.locking() + "\n  PostgreSQL     " + state.database_url() + "\n";
    if (!state.redis_url().empty()) text += "  Redis          " + state.redis_url() + "\n";
    text += "  flow file      " + state.flow() + "\n\nLook at one purchase:            lastunit flow check " + state.target() +
            " --trace\nSee whether it oversells:        lastunit flow race " + state.target() +
            " --runs 5\nEnd it:                          lastunit target down " + state.target() + "\n";
    return text;
}

void check(const UpOptions& options) {
    const TargetKind& kind = *options.kind;
    if (options.processes < 1 || options.processes > 16)
        throw DriverError("--processes: from 1 to 16, each of them takes up to " + std::to_string(kind.memory_mb) + " MB");
    for (const Locking locking : kind.lockings)
        if (locking == options.locking) return;
    std::vector<std::string> names;
    for (const Locking locking : kind.lockings) names.emplace_back(name_of(locking));
    throw DriverError("--locking " + std::string(name_of(options.locking)) + ": " + kind.title +
                      (names.size() == 1 ? " has no choice of it, only " : " has ") + joined(names, ", "));
}

}  // namespace lastunit::drivers::targets
