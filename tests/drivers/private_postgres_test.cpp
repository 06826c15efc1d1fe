// The private server: there while its owner is, gone afterwards.
#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "drivers/faults/controller.hpp"
#include "drivers/postgres/database.hpp"
#include "tests/drivers/postgres_server.hpp"
#include "tests/drivers/shop.hpp"

using namespace lastunit;
using namespace lastunit::drivers;
using namespace lastunit::drivers::tests;

TEST_CASE("private PostgreSQL: durable, asks for its password, and leaves neither process nor folder behind") {
    if (postgres_server() == nullptr) return;
    std::string folder;
    pid_t process = -1;
    {
        PrivatePostgres server;
        folder = server.process().command().folder;
        process = server.process().pid();
        CHECK(std::filesystem::exists(folder));
        postgres::Database database(parse_postgres_url(server.url()));
        CHECK(database.value("SHOW fsync") == "on");
        CHECK(database.value("SHOW synchronous_commit") == "on");
        CHECK(database.value("SHOW listen_addresses") == "127.0.0.1");
        std::string without = server.url();
        without.erase(without.find(':', std::string("postgres://").size()), without.find('@') - without.find(':', 11));
        CHECK_THROWS_AS(postgres::Database(parse_postgres_url(without)), DriverError);
    }
    CHECK_FALSE(std::filesystem::exists(folder));
    CHECK(kill(process, 0) != 0);
}

TEST_CASE("private PostgreSQL: killed and started again it has what was committed, under the same URL") {
    PrivatePostgres* server = postgres_server();
    if (server == nullptr) return;
    const PostgresTarget target = parse_postgres_url(server->url());
    {
        postgres::Database database(target);
        database.run("CREATE TABLE public.kept AS SELECT 17 AS units");
    }
    server->process().kill_tree();
    CHECK_THROWS_AS(postgres::Database(target), DriverError);
    server->restart();
    postgres::Database database(target);
    CHECK(database.value("SELECT units FROM public.kept") == "17");
    database.run("DROP TABLE public.kept");
}

TEST_CASE("private PostgreSQL: a crash during a run is mended even where the dead server's process number belongs to another") {
    PrivatePostgres* server = postgres_server();
    if (server == nullptr) return;
    const ServerCommand& command = server->process().command();
    // Of the same account: of another's process PostgreSQL knows that it is none of its own.
    ServerProcess heir("heir",
                       {.words = {"/bin/sleep", "1000"}, .environment = {}, .user = command.user, .folder = {}, .log = {}});
    heir.start();
    Breakable target;
    target.name = "PostgreSQL";
    target.server = &server->process();
    target.start_again = [&] { server->start_again(); };
    target.ready = [&] { return server->answers(); };
    FaultController controller(target);
    model::Fault crash;
    crash.name = "power";
    crash.kind = model::FaultKind::host_crash;
    controller.begins(crash);
    const std::int64_t end_ns = steady_now_ns() + 60'000'000'000;
    while (server->process().pid() >= 0 && steady_now_ns() < end_ns) {
    }
    REQUIRE(server->process().pid() < 0);
    std::ifstream old(command.folder + "/data/postmaster.pid");
    std::string lock(std::istreambuf_iterator<char>(old), {});
    REQUIRE(lock.find('\n') != std::string::npos);
    lock.replace(0, lock.find('\n'), std::to_string(heir.pid()));
    std::ofstream(command.folder + "/data/postmaster.pid") << lock;
    controller.ends(crash);
    controller.finish();
    REQUIRE(controller.done().size() == 1);
    CHECK(controller.done()[0].failed.empty());
    CHECK(controller.done()[0].done.find(", back after ") != std::string::npos);
    CHECK(server->answers());
}
