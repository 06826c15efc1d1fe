// Reservations per second of each way of reserving in PostgreSQL: clients 1, 8, 32; units spread evenly, by Zipf's law, or all on
// one row. A reservation is a hold and its confirmation, both durable. The server is a private one on this machine, and shares
// its processors with us: read the figures as ratios within one run. "others": what further processes took, in percent of one
// core. Arguments: seconds per figure (3), a part of a figure's name to have that alone, options for the URL
// ("synchronous_commit=off").
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include "benchmarks/processor_time.hpp"
#include "core/hashing.hpp"
#include "drivers/postgres/postgres_driver.hpp"
#include "drivers/postgres/private_postgres.hpp"
#include "drivers/process/process_tree.hpp"

using namespace lastunit;
using namespace lastunit::drivers;
using lastunit::benchmarks::busy_s_of_machine;
using lastunit::benchmarks::cpu_s_of;

namespace {

constexpr std::uint32_t kSkus = 10'000;
constexpr Quantity kUnitsOfCounters = 10'000'000;
constexpr Quantity kUnitsAsRows = 20;        // skip_locked: 200,000 rows
constexpr Quantity kUnitsOfHotRow = 60'000;  // skip_locked: as many on one cell

enum class Spread : std::uint8_t { uniform, zipf, hot };
constexpr const char* kSpreads[] = {"uniform", "zipf", "hot"};

double now_s() { return static_cast<double>(steady_now_ns()) / 1e9; }

// Processor seconds of the server's processes that run now.
double server_s(pid_t root) {
    double sum = 0;
    for (const pid_t process : process_tree(root)) sum += cpu_s_of(process);
    return sum;
}

double own_s() {
    timespec at{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
    return static_cast<double>(at.tv_sec) + static_cast<double>(at.tv_nsec) / 1e9;
}

InitialStock shop(PostgresMode mode, Spread spread) {
    InitialStock stock;
    stock.shape.nodes = {"dc"};
    for (std::uint32_t i = 0; i < kSkus; ++i) stock.shape.skus.push_back("sku-" + std::to_string(i));
    stock.shape.channels = {"web"};
    const bool rows = mode == PostgresMode::skip_locked;
    stock.units.assign(kSkus, rows ? kUnitsAsRows : kUnitsOfCounters);
    if (rows && spread == Spread::hot) stock.units[0] = kUnitsOfHotRow;
    // By Zipf's law with one fifth on the first, as in the two-statement baseline.
    if (rows && spread == Spread::zipf)
        for (std::uint32_t i = 0; i < 100; ++i)
            stock.units[i] = kUnitsOfHotRow / static_cast<Quantity>(2 * (i + 1)) + kUnitsAsRows;
    return stock;
}

class Draw {
   public:
    explicit Draw(Spread spread) : spread_(spread) {
        double sum = 0;
        for (std::uint32_t i = 0; i < kSkus; ++i) sums_.push_back(sum += 1.0 / (i + 1));
    }
    Sku sku() {
        const std::uint64_t random = core::mix(++drawn_);
        if (spread_ == Spread::hot) return Sku(0);
        if (spread_ == Spread::uniform) return Sku(static_cast<std::uint32_t>(random % kSkus));
        // One fifth on one SKU, the others by Zipf's law.
        if (random % 5 == 0) return Sku(0);
        const double at = static_cast<double>(random >> 11) * 0x1p-53 * sums_.back();
        return Sku(static_cast<std::uint32_t>(std::lower_bound(sums_.begin(), sums_.end(), at) - sums_.begin()));
    }

   private:
    Spread spread_;
    std::uint64_t drawn_ = 0;
    std::vector<double> sums_;
};

struct Measured {
    std::uint64_t pairs = 0, refused = 0, other = 0;
    std::vector<std::int64_t> took_ns;
    double seconds = 0, server_s = 0, own_s = 0;  // of the wall, of processors
};

// Each client holds one unit, confirms it, and begins again: one operation under way per client.
Measured run(PostgresDriver& driver, pid_t server, unsigned clients, Spread spread, double for_s) {
    const auto session = driver.open();
    Draw draw(spread);
    struct Client {
        core::Line line;
        core::Command command;
        std::int64_t sent_ns = 0;
    };
    std::vector<Client> all(clients);
    std::uint64_t number = 0, hold = 0;
    const auto send = [&](std::size_t i, core::CommandKind kind) {
        Client& client = all[i];
        core::Command& command = client.command;
        command.kind = kind;
        command.key = {1, ++number};
        command.lines = {};
        if (kind == core::CommandKind::hold) {
            client.line = {NodeId(0), draw.sku(), 1};
            command.id = command.order = ++hold;
            command.ttl = minutes(15);
            command.lines = {&client.line, 1};
        }
        client.sent_ns = steady_now_ns();
        const Operation operation{.tag = i, .command = command, .timeout = seconds(30)};
        session->submit({&operation, 1});
    };
    for (std::size_t i = 0; i < clients; ++i) send(i, core::CommandKind::hold);
    Measured measured;
    std::vector<Completion> out;
    const double server_before = server_s(server), own_before = own_s();
    const double start = now_s();
    while (session->in_flight() != 0) {
        out.clear();
        session->poll(out, milliseconds(100));
        const bool more = now_s() - start < for_s;
        for (const Completion& answer : out) {
            Client& client = all[answer.tag];
            const bool applied = answer.settled == Settled::applied;
            const bool held = client.command.kind == core::CommandKind::hold;
            if (held) measured.took_ns.push_back(answer.at_ns - client.sent_ns);
            if (!applied) ++(answer.cause == Cause::outcome ? measured.refused : measured.other);
            if (applied && !held) ++measured.pairs;
            if (applied && held) {
                send(answer.tag, core::CommandKind::confirm);
            } else if (more) {
                send(answer.tag, core::CommandKind::hold);
            }
        }
    }
    measured.seconds = now_s() - start;
    measured.server_s = server_s(server) - server_before;
    measured.own_s = own_s() - own_before;
    return measured;
}

double quantile_ms(std::vector<std::int64_t>& took_ns, double share) {
    if (took_ns.empty()) return 0;
    const auto at = took_ns.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(took_ns.size() - 1));
    std::nth_element(took_ns.begin(), at, took_ns.end());
    return static_cast<double>(*at) / 1e6;
}

void report(PrivatePostgres& server, PostgresMode mode, Spread spread, unsigned clients, double for_s,
            const std::string& options) {
    const std::string query =
        std::string("mode=") + name_of(mode) + "&pipeline=1&connections=" + std::to_string(clients) + options;
    const pid_t process = server.process().pid();
    const auto driver = [&] {
        auto made = std::make_unique<PostgresDriver>(parse_postgres_url(server.url(query)));
        made->prepare(shop(mode, spread));
        return made;
    };
    run(*driver(), process, clients, spread, 0.3);  // plans and caches
    const auto fresh = driver();
    const double busy = busy_s_of_machine();
    Measured measured = run(*fresh, process, clients, spread, for_s);
    const double others = busy_s_of_machine() - busy - measured.server_s - measured.own_s;
    const auto pairs = static_cast<double>(std::max<std::uint64_t>(measured.pairs, 1));
    std::printf("%8.0f/s %7.2f ms %7.2f ms %7.3f %12.0f + %5.0f %7.0f%%", pairs / measured.seconds,
                quantile_ms(measured.took_ns, 0.5), quantile_ms(measured.took_ns, 0.99),
                static_cast<double>(fresh->rolled_back()) / pairs, 1e6 * measured.server_s / pairs, 1e6 * measured.own_s / pairs,
                100 * others / measured.seconds);
    if (measured.refused + measured.other != 0)
        std::printf("  refused %llu, other %llu", static_cast<unsigned long long>(measured.refused),
                    static_cast<unsigned long long>(measured.other));
    std::puts("");
    std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
    const double for_s = argc > 1 ? std::atof(argv[1]) : 3;
    const std::string only = argc > 2 ? argv[2] : "";
    const std::string options = argc > 3 ? std::string("&") + argv[3] : "";
    if (find_postgres_binaries().empty()) {
        std::puts("no PostgreSQL server is installed");
        return 0;
    }
    PrivatePostgres server;
    std::printf("%-36s %10s %10s %10s %7s %20s %8s\n", "units, clients, mode", "pairs", "hold p50", "hold p99", "undone",
                "CPU us server+client", "others");
    // The modes beside each other: what else the machine does changes slowly.
    for (const Spread spread : {Spread::uniform, Spread::zipf, Spread::hot})
        for (const unsigned clients : {1U, 8U, 32U})
            for (unsigned m = 0; m < kPostgresModes; ++m) {
                const auto mode = static_cast<PostgresMode>(m);
                const std::string name = std::string(kSpreads[static_cast<std::size_t>(spread)]) + ", " +
                                         std::to_string(clients) + ", " + name_of(mode);
                if (name.find(only) == std::string::npos) continue;
                std::printf("%-36s ", name.c_str());
                report(server, mode, spread, clients, for_s, options);
            }
}
