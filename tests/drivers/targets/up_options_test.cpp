// What `lastunit target up` takes, and what it says to what it does not take.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include <thread>

#include "drivers/driver.hpp"
#include "drivers/engine/files.hpp"
#include "drivers/process/temporary_folder.hpp"
#include "drivers/targets/keeper.hpp"
#include "drivers/targets/ports.hpp"
#include "drivers/targets/state.hpp"
#include "drivers/targets/usage.hpp"

using namespace lastunit::drivers;
using namespace lastunit::drivers::targets;
using Catch::Contains;

namespace {

// Listens at a free port of loopback.
class Listener {
   public:
    Listener() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        REQUIRE(::bind(socket_.descriptor(), reinterpret_cast<sockaddr*>(&address), size) == 0);
        REQUIRE(::listen(socket_.descriptor(), 4) == 0);
        REQUIRE(::getsockname(socket_.descriptor(), reinterpret_cast<sockaddr*>(&address), &size) == 0);
        port_ = ntohs(address.sin_port);
    }
    std::uint16_t port() const { return port_; }
    void answer(const std::string& text) const {
        const File client(::accept(socket_.descriptor(), nullptr, nullptr));
        char request[256];
        CHECK(::read(client.descriptor(), request, sizeof request) > 0);
        CHECK(::write(client.descriptor(), text.data(), text.size()) == static_cast<ssize_t>(text.size()));
    }

   private:
    File socket_;
    std::uint16_t port_ = 0;
};

UpOptions options_for(const char* name) {
    UpOptions options;
    options.kind = find_target(name);
    return options;
}

}  // namespace

TEST_CASE("ports: one that is taken is named when it was asked for, and passed by when it was not") {
    const Listener taken;
    CHECK_FALSE(is_free(taken.port()));
    CHECK_THROWS_WITH(choose_ports(taken.port(), 4801, 1),
                      Contains("port " + std::to_string(taken.port()) + " of 127.0.0.1 is taken") && Contains("--port"));
    const auto others = choose_ports(std::nullopt, taken.port(), 2);
    REQUIRE(others.size() == 2);
    CHECK(others[0] != taken.port());
    CHECK(others[0] != others[1]);
    CHECK_THROWS_WITH(choose_ports(std::uint16_t{0}, 4801, 1), Contains("from 1 to 65535"));
    CHECK_THROWS_WITH(choose_ports(std::uint16_t{65'535}, 4801, 2), Contains("from 1 to 65535"));
}

TEST_CASE("ports: the status of an answer, and none where nobody answers") {
    const Listener shop;
    std::thread there([&shop] { shop.answer("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"); });
    CHECK(http_status(shop.port(), "/health", 60'000) == 503);
    there.join();
    CHECK(http_status(shop.port(), "/health", 50) == 0);  // takes the connection, says nothing
}

TEST_CASE("stock: names and units are read, and anything else is explained") {
    Stock stock;
    add_stock(stock, "sku-1=10");
    add_stock(stock, "A.b_c=0");
    add_stock(stock, "sku-1=11");
    CHECK(stock == Stock{{"sku-1", 11}, {"A.b_c", 0}});
    CHECK(stock_json(stock) == R"({"A.b_c":0,"sku-1":11})");
    for (const char* wrong : {"sku-1", "=3", "sku-1=", "sku-1=-1", "sku-1=ten", "sku-1=1x", "a b=1", "a\"b=1", "sku-1=100000001"})
        CHECK_THROWS_WITH(add_stock(stock, wrong),
                          Contains(std::string("'") + wrong + "' is not SKU=UNITS") && Contains("sku-1=10"));
    CHECK_THROWS_WITH(add_stock(stock, "warm-up=1"), Contains("warm-up"));
    CHECK(stock.size() == 2);
}

TEST_CASE("up: a locking that the platform does not have is refused with those that it has") {
    UpOptions options = options_for("vendure");
    CHECK_NOTHROW(check(options));
    options.locking = Locking::redis;
    CHECK_THROWS_WITH(check(options), "--locking redis: Vendure has no choice of it, only default");
    for (const Locking locking : {Locking::as_delivered, Locking::redis, Locking::postgres}) {
        UpOptions medusa = options_for("medusa");
        medusa.locking = locking;
        CHECK_NOTHROW(check(medusa));
    }
    for (const unsigned processes : {0U, 17U}) {
        options = options_for("vendure");
        options.processes = processes;
        CHECK_THROWS_WITH(check(options), Contains("--processes: from 1 to 16"));
    }
}

TEST_CASE("environment: a target is told its database, its stock and its URLs, and a secret of its own") {
    Surroundings surroundings;
    surroundings.database_url = "postgres://somewhere";
    surroundings.stock = {{"sku-1", 3}};
    surroundings.urls = {"http://127.0.0.1:1", "http://127.0.0.1:2"};
    const auto all = environment_of(*find_target("vendure"), surroundings);
    const auto has = [&all](const std::string& line) { return std::find(all.begin(), all.end(), line) != all.end(); };
    CHECK(has("LASTUNIT_DATABASE_URL=postgres://somewhere"));
    CHECK(has("LASTUNIT_STOCK={\"sku-1\":3}"));
    CHECK(has("LASTUNIT_URLS=http://127.0.0.1:1,http://127.0.0.1:2"));
    CHECK(has("VENDURE_DISABLE_TELEMETRY=true"));
    CHECK(all != environment_of(*find_target("vendure"), surroundings));
}

TEST_CASE("folders: XDG_CACHE_HOME before HOME, and neither is said") {
    CHECK(target_folders("/var/cache/me", "/srv/me").root == "/var/cache/me/lastunit/targets");
    CHECK(target_folders(nullptr, "/srv/me").root == "/srv/me/.cache/lastunit/targets");
    CHECK(target_folders("relative", "/srv/me").root == "/srv/me/.cache/lastunit/targets");
    CHECK_THROWS_WITH(target_folders(nullptr, nullptr), Contains("XDG_CACHE_HOME"));
}

TEST_CASE("state: what `up` writes is what `status` and `down` read, by its owner alone") {
    const TemporaryFolder folder("state-test");
    CHECK_FALSE(read_state(folder.path()).has_value());
    lastunit::targets::TargetState state;
    state.set_target("medusa");
    state.set_phase("warming up: \"40\" checkouts");
    state.set_keeper(123456789012);
    state.add_processes()->set_url("http://127.0.0.1:4901");
    write_state(folder.path(), state);
    const auto read = read_state(folder.path());
    REQUIRE(read.has_value());
    CHECK(read->SerializeAsString() == state.SerializeAsString());
    CHECK(std::filesystem::status(folder.path("state.json")).permissions() ==
          (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
    remove_state(folder.path());
    CHECK_FALSE(read_state(folder.path()).has_value());
}

TEST_CASE("state: a file that is none is named") {
    const TemporaryFolder folder("state-test");
    std::ofstream(folder.path("state.json")) << "{";
    CHECK_THROWS_WITH(read_state(folder.path()), Contains("state.json: this is not the state of a running shop"));
}

TEST_CASE("state: a keeper lives as long as it holds its lock") {
    const TemporaryFolder folder("state-test");
    CHECK_FALSE(has_keeper(folder.path()));
    {
        const auto lock = try_lock(keeper_lock(folder.path()));
        REQUIRE(lock.has_value());
        CHECK(has_keeper(folder.path()));
    }
    CHECK_FALSE(has_keeper(folder.path()));
}

TEST_CASE("usage: a process has used processor time and memory, one that is gone nothing") {
    volatile double sum = 0;
    const double before = usage_of(getpid()).cpu_s;
    while (usage_of(getpid()).cpu_s < before + 0.05)
        for (int i = 0; i < 100'000; ++i) sum = sum + i;
    CHECK(usage_of(getpid()).resident_mb > 0);
    CHECK(usage_of(-1).cpu_s == 0);
}
