// How fast the core is behind each of its doors: the bare ledger, the engine with its journal, and `serve` over gRPC on this
// machine (server in a process of its own). Prints what other processes took of the processors meanwhile: a figure taken on a
// busy machine is a lower bound. Arguments: seconds per figure (5), folder for the journals (the working folder), a part
// of a figure's name to have that alone.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>

#include "benchmarks/processor_time.hpp"
#include "drivers/grpc/grpc_driver.hpp"
#include "drivers/grpc/server.hpp"
#include "drivers/inproc/durable_driver.hpp"
#include "drivers/inproc/ledger_driver.hpp"

using namespace lastunit;
using namespace lastunit::drivers;
using lastunit::benchmarks::busy_s_of_machine;
using lastunit::benchmarks::cpu_s_of;

namespace {

constexpr std::uint32_t kNodes = 50;
constexpr std::uint32_t kSkus = 20'000;

double now_s() { return static_cast<double>(steady_now_ns()) / 1e9; }

double thread_cpu_s() {
    timespec at{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
    return static_cast<double>(at.tv_sec) + static_cast<double>(at.tv_nsec) / 1e9;
}

double seconds_of(const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; }

double own_cpu_s() {
    double sum = 0;
    for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
        rusage usage{};
        getrusage(who, &usage);
        sum += seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
    }
    return sum;
}

struct Measured {
    std::uint64_t count = 0;
    double seconds = 0;
};

const char* only = "";

void report(const char* what, const char* unit, pid_t server, const std::function<Measured()>& run) {
    if (std::string(what).find(only) == std::string::npos) return;
    const double machine = busy_s_of_machine();
    const double own = own_cpu_s() + (server != 0 ? cpu_s_of(server) : 0);
    const double start = now_s();
    const Measured measured = run();
    const double wall = now_s() - start;
    const double mine = own_cpu_s() + (server != 0 ? cpu_s_of(server) : 0) - own;
    const double others = busy_s_of_machine() - machine - mine;
    std::printf("%-50s %10.0f %s/s   %6.2f us of CPU each; own CPU %4.0f %%, others' %4.0f %% of one core\n", what,
                static_cast<double>(measured.count) / measured.seconds, unit, 1e6 * mine / static_cast<double>(measured.count),
                100 * mine / wall, 100 * others / wall);
    std::fflush(stdout);
}

InitialStock large_shop() {
    InitialStock stock;
    for (std::uint32_t i = 0; i < kNodes; ++i) stock.shape.nodes.push_back("node-" + std::to_string(i));
    for (std::uint32_t i = 0; i < kSkus; ++i) stock.shape.skus.push_back("sku-" + std::to_string(i));
    stock.shape.channels = {"web", "pos"};
    stock.units.assign(std::size_t{kNodes} * kSkus, 1'000'000);
    return stock;
}

// hold, confirm, deallocate of one unit at a scattered cell: the state stays small.
class Cycle {
   public:
    explicit Cycle(std::uint64_t client) : client_(client) {}

    void fill(std::span<Operation> operations, std::span<core::Line> lines) {
        for (std::size_t i = 0; i < operations.size(); ++i) operations[i] = next(lines[i]);
    }

   private:
    Operation next(core::Line& line) {
        const std::uint64_t number = drawn_ / 3;
        const auto step = static_cast<unsigned>(drawn_ % 3);
        ++drawn_;
        std::uint64_t at = number * 0x9e3779b97f4a7c15ULL;
        at ^= at >> 32;
        line = {NodeId(static_cast<std::uint16_t>(at % kNodes)), Sku(static_cast<std::uint32_t>((at >> 20) % kSkus)), 1};
        Operation operation{.tag = drawn_, .command = {}, .timeout = seconds(30)};
        core::Command& command = operation.command;
        command.kind = step == 0   ? core::CommandKind::hold
                       : step == 1 ? core::CommandKind::confirm
                                   : core::CommandKind::deallocate;
        command.key = {client_, drawn_};
        command.id = client_ << 48 | (number + 1);
        command.order = command.id;
        command.ttl = minutes(15);
        if (step != 1) command.lines = {&line, 1};
        return operation;
    }

    std::uint64_t client_;
    std::uint64_t drawn_ = 0;
};

// Keeps `window` commands under way in batches of `batch`.
Measured windowed(Session& session, Cycle& cycle, std::size_t batch, std::size_t window, double for_s) {
    std::vector<Operation> operations(batch);
    std::vector<core::Line> lines(batch);
    std::vector<Completion> out;
    Measured measured;
    std::size_t not_applied = 0;
    const double start = now_s();
    const auto take = [&](Duration at_most) {
        out.clear();
        session.poll(out, at_most);
        for (const Completion& completion : out) not_applied += completion.settled == Settled::applied ? 0 : 1;
        measured.count += out.size();
    };
    while (now_s() - start < for_s) {
        while (session.in_flight() + batch <= window) {
            cycle.fill(operations, lines);
            session.submit(operations);
        }
        take(milliseconds(100));
    }
    while (session.in_flight() != 0) take(milliseconds(100));
    measured.seconds = now_s() - start;
    if (not_applied != 0) std::printf("  of these, not applied: %zu\n", not_applied);
    return measured;
}

Measured pairs(double for_s) {
    LedgerDriver driver(milliseconds(100));  // about half a million keys are remembered
    driver.prepare(large_shop());
    const auto session = driver.open();
    constexpr std::size_t kPairs = 64;
    std::vector<Operation> holds(kPairs), confirms(kPairs), back(kPairs);
    std::vector<core::Line> lines(kPairs);
    std::vector<Completion> out;
    Measured measured;
    std::uint64_t number = 0;
    std::uint64_t key = 0;
    while (measured.seconds < for_s) {
        for (std::size_t i = 0; i < kPairs; ++i) {
            std::uint64_t at = ++number * 0x9e3779b97f4a7c15ULL;
            at ^= at >> 32;
            lines[i] = {NodeId(static_cast<std::uint16_t>(at % kNodes)), Sku(static_cast<std::uint32_t>((at >> 20) % kSkus)), 1};
            core::Command command;
            command.kind = core::CommandKind::hold;
            command.key = {1, ++key};
            command.id = command.order = number;
            command.ttl = minutes(15);
            command.lines = {&lines[i], 1};
            holds[i] = {.tag = i, .command = command};
            command.kind = core::CommandKind::confirm;
            command.key = {1, ++key};
            confirms[i] = {.tag = i, .command = command};
            command.kind = core::CommandKind::deallocate;
            command.key = {};
            back[i] = {.tag = i, .command = command};
        }
        const double start = thread_cpu_s();
        session->submit(holds);
        session->submit(confirms);
        out.clear();
        session->poll(out, Duration{0});
        measured.seconds += thread_cpu_s() - start;
        measured.count += kPairs;
        session->submit(back);
        session->poll(out, Duration{0});
    }
    return measured;
}

// A server in a child, made before this process touches gRPC; the port comes through a pipe.
pid_t start_server(const std::string& data, int& port) {
    int ends[2];
    if (pipe(ends) != 0) std::abort();
    const pid_t child = fork();
    if (child == 0) {
        DurableDriver durable(data);
        durable.prepare(large_shop());
        ServerOptions options;
        options.listen = "127.0.0.1:0";
        Server server(durable.engine(), options);
        const int chosen = server.port();
        if (write(ends[1], &chosen, sizeof chosen) != sizeof chosen) _exit(1);
        pause();
        _exit(0);
    }
    if (read(ends[0], &port, sizeof port) != sizeof port) std::abort();
    return child;
}

}  // namespace

int main(int argc, char** argv) {
    const double for_s = argc > 1 ? std::atof(argv[1]) : 5;
    const std::string folder = std::string(argc > 2 ? argv[2] : ".") + "/lastunit-grpc-bench";
    if (argc > 3) only = argv[3];
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    int port = 0;
    const pid_t server = start_server(folder + "/server", port);
    const ClientOptions target{.target = "127.0.0.1:" + std::to_string(port), .token = "", .roots = ""};

    report("in this process, no journal (per second of CPU)", "pairs", 0, [&] { return pairs(for_s); });
    {
        DurableDriver driver(folder + "/inproc");
        driver.prepare(large_shop());
        Cycle cycle(1);
        const auto session = driver.open();
        report("in this process, durable, batches of 100", "commands", 0,
               [&] { return windowed(*session, cycle, 100, 20'000, for_s); });
    }
    {
        GrpcDriver driver(target, GrpcDriver::Way::stream);
        Cycle cycle(2);
        const auto session = driver.open();
        report("gRPC stream, durable, batches of 100", "commands", server,
               [&] { return windowed(*session, cycle, 100, 20'000, for_s); });
    }
    for (const std::size_t window : {64, 256}) {
        GrpcDriver driver(target, GrpcDriver::Way::calls);
        Cycle cycle(2 + window);
        const auto session = driver.open();
        const std::string what = "gRPC calls, durable, " + std::to_string(window) + " outstanding";
        report(what.c_str(), "commands", server, [&] { return windowed(*session, cycle, 1, window, for_s); });
    }
    kill(server, SIGKILL);
    waitpid(server, nullptr, 0);
    {
        DurableDriver again(folder + "/server");
        const Recovery& how = again.engine().recovery();
        std::printf("recovery after kill -9: %.2f s for a snapshot of %u cells and %llu records\n", how.seconds, kNodes * kSkus,
                    static_cast<unsigned long long>(how.records));
    }
    std::filesystem::remove_all(folder);
}
