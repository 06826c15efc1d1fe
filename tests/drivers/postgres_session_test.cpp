// What a session promises whatever the mode: every operation comes back once, stamped when its answer came.
#include <catch2/catch.hpp>
#include <chrono>
#include <set>
#include <thread>

#include "drivers/postgres/database.hpp"
#include "tests/drivers/postgres_server.hpp"
#include "tests/drivers/shop.hpp"

using namespace lastunit;
using namespace lastunit::drivers;
using namespace lastunit::drivers::tests;

TEST_CASE("postgres: a batch is answered whole, each operation once, and nothing is under way afterwards") {
    PrivatePostgres* server = postgres_server();
    if (server == nullptr) return;
    PostgresDriver driver(
        target_on(*server, PostgresMode::conditional_update, "connections=3&pipeline=8&synchronous_commit=off"));
    driver.prepare(small_shop());
    const auto session = driver.open();
    constexpr std::size_t kBatch = 500;
    std::vector<core::Line> lines(kBatch);
    std::vector<Operation> operations;
    for (std::uint64_t n = 1; n <= kBatch; ++n)
        operations.push_back({.tag = n, .command = hold_of(3, n, lines[n - 1]), .timeout = seconds(100)});
    operations[7].command.kind = core::CommandKind::transfer_in;
    session->submit(operations);
    CHECK(session->in_flight() == kBatch);
    std::set<std::uint64_t> tags;
    for (const Completion& answer : answers_of(*session, kBatch)) {
        CHECK(tags.insert(answer.tag).second);
        CHECK(answer.cause == (answer.tag == 8 ? Cause::unsupported : Cause::outcome));
    }
    CHECK(tags.size() == kBatch);
    CHECK(session->in_flight() == 0);
    std::vector<Completion> none;
    CHECK(session->poll(none, Duration{0}) == 0);
}

TEST_CASE("postgres: an answer is stamped when it comes, not when it is fetched") {
    PrivatePostgres* server = postgres_server();
    if (server == nullptr) return;
    PostgresDriver driver(target_on(*server, PostgresMode::for_update, "connections=1&synchronous_commit=off"));
    driver.prepare(small_shop());
    const auto session = driver.open();
    core::Line line;
    std::int64_t waited_ns = 0;
    // On a busy machine the answer itself may take long: then once more.
    for (std::uint64_t n = 1; n <= 20 && waited_ns < 100'000'000; ++n) {
        const Operation operation{.tag = n, .command = hold_of(3, n, line), .timeout = seconds(100)};
        session->submit({&operation, 1});
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        const Completion answer = answers_of(*session, 1).front();
        waited_ns = steady_now_ns() - answer.at_ns;
    }
    CHECK(waited_ns >= 100'000'000);
}

TEST_CASE("postgres: a role that may only create schemas is enough, and one that gets too few connections is told so") {
    PrivatePostgres* server = postgres_server();
    if (server == nullptr) return;
    postgres::Database database(parse_postgres_url(server->url()));
    database.run("DROP SCHEMA IF EXISTS lastunit CASCADE");
    database.run("CREATE ROLE modest LOGIN PASSWORD 'word' CONNECTION LIMIT 3");
    database.run("GRANT CREATE ON DATABASE postgres TO modest");
    const std::string url = "postgres://modest:word@127.0.0.1:" + std::to_string(server->port()) + "/postgres?connections=";
    {
        PostgresDriver driver(parse_postgres_url(url + "2"));
        driver.prepare(small_shop());
        core::Line line;
        CHECK(answer_of(*driver.open(), hold_of(1, 1, line)).settled == Settled::applied);
        PostgresDriver greedy(parse_postgres_url(url + "8"));
        std::string said;
        try {
            greedy.open();
        } catch (const DriverError& error) {
            said = error.what();
        }
        INFO(said);
        CHECK(said.find("of 8 connections: ") != std::string::npos);
        CHECK(said.find("too many connections for role") != std::string::npos);
    }
    database.run("DROP OWNED BY modest CASCADE");
    database.run("DROP ROLE modest");
}

TEST_CASE("postgres: what is wrong with a request is found without looking at stock, and remembered under its key") {
    PrivatePostgres* server = postgres_server();
    if (server == nullptr) return;
    PostgresDriver driver(target_on(*server, PostgresMode::ledger, "connections=1&synchronous_commit=off"));
    driver.prepare(small_shop());
    const auto session = driver.open();
    core::Line line;
    core::Command command = hold_of(3, 1, line);
    line.quantity = 0;
    CHECK(answer_of(*session, command).outcome == core::Outcome::quantity_not_positive);
    line.quantity = 1;
    CHECK(answer_of(*session, command).outcome == core::Outcome::key_reused);
    line.quantity = 0;
    CHECK(answer_of(*session, command).outcome == core::Outcome::quantity_not_positive);
}
