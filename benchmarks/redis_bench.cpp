// How many reservations a second Redis makes behind its driver: modes, append policies, connections, depth. A private server on
// this machine, one generating thread. Each line also as a ratio to the bare floor (GET and DECRBY in the smallest script that is
// sound, no key, no order) at the same connections and depth, taken just before it: absolute figures move with the machine, and
// with who else uses it. Arguments: seconds per figure (2), a part of a figure's name to have that alone, "prepare" or
// "loss".
#include <poll.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include "benchmarks/processor_time.hpp"
#include "drivers/faults/slow_disk.hpp"
#include "drivers/redis/caller.hpp"
#include "drivers/redis/private_redis.hpp"
#include "drivers/redis/redis_driver.hpp"

using namespace lastunit;
using namespace lastunit::drivers;
using lastunit::benchmarks::cpu_s_of;

namespace {

constexpr std::uint32_t kNodes = 10;
constexpr std::uint32_t kSkus = 1000;

double now_s() { return static_cast<double>(steady_now_ns()) / 1e9; }

double own_cpu_s() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

InitialStock shop(std::uint32_t skus) {
    InitialStock stock;
    for (std::uint32_t i = 0; i < kNodes; ++i) stock.shape.nodes.push_back("node-" + std::to_string(i));
    for (std::uint32_t i = 0; i < skus; ++i) stock.shape.skus.push_back("sku-" + std::to_string(i));
    stock.shape.channels = {"web"};
    stock.units.assign(std::size_t{kNodes} * skus, 1'000'000);
    return stock;
}

struct Shape {
    std::size_t connections = 1, depth = 1;
};

// The smallest script that never sells what is not there.
double floor_per_s(const RedisOptions& options, Shape shape, double for_s) {
    using redis::Connection;
    const redis::Address address = redis::address_of(options);
    redis::Caller caller(address, options, seconds(10));
    const char* script =
        "local n = redis.call('GET', KEYS[1]) if tonumber(n) < 1 then return 0 end redis.call('DECRBY', KEYS[1], 1) return 1";
    const redis::Reply sha = caller.call({"SCRIPT", "LOAD", script});
    std::string request;
    for (std::uint32_t i = 0; i < 100; ++i) caller.call({"SET", "floor:" + std::to_string(i), "100000000"});
    std::vector<std::unique_ptr<Connection>> connections;
    std::vector<std::size_t> left;
    std::vector<redis::Reply> replies;
    std::int64_t at = 0;
    std::uint32_t next = 0;
    const auto send = [&](Connection& connection, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i)
            redis::append_command(connection.out(),
                                  {"EVALSHA", redis::text_of(*sha), "1", "floor:" + std::to_string(next++ % 100)});
        connection.flush();
    };
    for (std::size_t i = 0; i < shape.connections; ++i) {
        connections.push_back(std::make_unique<Connection>(address, options));
        connections[i]->connect();
        while (connections[i]->state() != Connection::State::ready) connections[i]->advance(replies, at);
        send(*connections[i], shape.depth);
        left.push_back(shape.depth);
    }
    std::uint64_t done = 0;
    const double start = now_s();
    while (now_s() < start + for_s) {
        std::vector<pollfd> asked;
        for (const auto& connection : connections) asked.push_back({connection->descriptor(), connection->wanted(), 0});
        ::poll(asked.data(), asked.size(), 100);
        for (std::size_t i = 0; i < connections.size(); ++i) {
            if (asked[i].revents == 0) continue;
            replies.clear();
            connections[i]->advance(replies, at);
            done += replies.size();
            left[i] -= replies.size();
            if (left[i] != 0) continue;
            send(*connections[i], shape.depth);
            left[i] = shape.depth;
        }
    }
    return static_cast<double>(done) / (now_s() - start);
}

class Reservations {
   public:
    Operation next(core::Line& line) {
        ++number_;
        std::uint64_t at = number_ * 0x9e3779b97f4a7c15ULL;
        at ^= at >> 32;
        line = {NodeId(static_cast<std::uint16_t>(at % kNodes)), Sku(static_cast<std::uint32_t>((at >> 20) % kSkus)), 1};
        Operation operation{.tag = number_, .command = {}, .timeout = seconds(30)};
        operation.command.kind = core::CommandKind::allocate;
        operation.command.key = {1, number_};
        operation.command.order = number_;
        operation.command.lines = {&line, 1};
        return operation;
    }

   private:
    std::uint64_t number_ = 0;
};

// One session over so many connections, each with so much under way; sent again in the batches in which answers come.
void measure(const char* what, PrivateRedis& server, RedisOptions options, Shape shape, double for_s) {
    options = server.options(options);
    options.connections = static_cast<unsigned>(shape.connections);
    const double floor = floor_per_s(options, shape, for_s / 2);
    RedisDriver driver(options);
    driver.prepare(shop(kSkus));
    const auto session = driver.open();
    Reservations reservations;
    std::vector<core::Line> lines(shape.connections * shape.depth);
    std::vector<Operation> operations;
    std::vector<Completion> out;
    std::uint64_t done = 0, other = 0;
    const auto send = [&](std::size_t count) {
        operations.clear();
        for (std::size_t i = 0; i < count; ++i) operations.push_back(reservations.next(lines[i]));
        session->submit(operations);
    };
    send(lines.size());
    const double server_cpu = cpu_s_of(server.process().pid()), own = own_cpu_s(), start = now_s();
    while (now_s() < start + for_s) {
        out.clear();
        session->poll(out, milliseconds(100));
        for (const Completion& completion : out) ++(completion.settled == Settled::applied ? done : other);
        if (!out.empty()) send(out.size());
    }
    const double wall = now_s() - start, count = static_cast<double>(done);
    std::printf(
        "%-28s %3zu connections, %2zu deep: %8.0f/s  %4.2f of the floor's %8.0f/s; CPU each: Redis %5.1f us, driver %4.1f us%s\n",
        what, shape.connections, shape.depth, count / wall, count / wall / floor, floor,
        1e6 * (cpu_s_of(server.process().pid()) - server_cpu) / count, 1e6 * (own_cpu_s() - own) / count,
        other == 0 ? "" : " (with refusals)");
    std::fflush(stdout);
    while (session->in_flight() != 0) session->poll(out, milliseconds(100));
}

void measure_prepare(PrivateRedis& server) {
    RedisDriver driver(server.options());
    const InitialStock stock = shop(100'000);
    for (const char* what : {"prepare a million cells", "again, over the first"}) {
        const double start = now_s();
        driver.prepare(stock);
        std::printf("%-28s %.1f s\n", what, now_s() - start);
    }
    const double start = now_s();
    const std::size_t cells = driver.read_back().stock.size();
    std::printf("%-28s %.1f s (%zu cells)\n", "read them back", now_s() - start, cells);
}

// kill -9 under load, again and again: how much of what had been answered is gone after the restart. A power cut cannot be had
// here: it takes besides what the policy had not synced.
void measure_loss(const char* program, AppendFsync policy, Duration longer_sync) {
    std::unique_ptr<TemporaryFolder> folder;
    std::unique_ptr<SlowDisk> disk;
    if (longer_sync.us != 0) {
        const std::string library =
            SlowDisk::library_near(std::filesystem::path(program).parent_path().string() + "/../cli/lastunit");
        if (library.empty()) return;
        folder = std::make_unique<TemporaryFolder>("slow-disk");
        disk = std::make_unique<SlowDisk>(library, folder->path("control"));
    }
    PrivateRedis server(policy, {}, disk ? disk->environment() : std::vector<std::string>{});
    if (disk) disk->delay(longer_sync);
    std::printf("kill -9, appendfsync %s, a sync takes %.1f s longer: answered and lost", name_of(policy), longer_sync.seconds());
    for (int round = 0; round < 6; ++round) {
        RedisDriver driver(server.options());
        driver.prepare(shop(kSkus));
        const auto session = driver.open();
        Reservations reservations;
        std::vector<core::Line> lines(64);
        std::vector<Completion> out;
        std::set<std::uint64_t> answered;
        const auto send = [&](std::size_t count) {
            std::vector<Operation> operations;
            for (std::size_t i = 0; i < count; ++i) operations.push_back(reservations.next(lines[i]));
            session->submit(operations);
        };
        const double end = now_s() + 2.0 + 0.17 * round;
        send(lines.size());
        while (now_s() < end || session->in_flight() != 0) {
            if (now_s() >= end) server.process().kill_tree();
            out.clear();
            session->poll(out, milliseconds(10));
            for (const Completion& completion : out)
                if (completion.settled == Settled::applied) answered.insert(completion.tag);
            if (now_s() < end) send(out.size());
        }
        const std::size_t all = answered.size();
        server.restart();
        for (const FinalState::OrderLine& line : driver.read_back().orders) answered.erase(line.order.value);
        std::printf("  %zu, %zu", all, answered.size());
        std::fflush(stdout);
    }
    std::printf("\n");
}

}  // namespace

int main(int argc, char** argv) {
    const double for_s = argc > 1 ? std::atof(argv[1]) : 2;
    const char* only = argc > 2 ? argv[2] : "";
    for (const AppendFsync policy : {AppendFsync::everysec, AppendFsync::always}) {
        PrivateRedis server(policy);
        for (const RedisMode mode : {RedisMode::lua, RedisMode::get_decr, RedisMode::watch}) {
            RedisOptions options;
            options.mode = mode;
            const std::string what = std::string(name_of(mode)) + ", appendfsync " + name_of(policy);
            if (what.find(only) == std::string::npos) continue;
            for (const std::size_t connections : {1, 8, 32, 50}) measure(what.c_str(), server, options, {connections, 1}, for_s);
            if (mode == RedisMode::watch) continue;  // one operation at a time on a connection
            for (const std::size_t connections : {1, 50}) measure(what.c_str(), server, options, {connections, 16}, for_s);
        }
        if (policy == AppendFsync::everysec && std::strstr("prepare", only) != nullptr) measure_prepare(server);
    }
    if (std::strstr("loss", only) != nullptr)
        for (const AppendFsync policy : {AppendFsync::always, AppendFsync::everysec, AppendFsync::no})
            for (const Duration longer : {Duration{0}, milliseconds(700)}) measure_loss(argv[0], policy, longer);
    return 0;
}
