// What prepare makes, what it refuses, and what it leaves alone.
#include <catch2/catch.hpp>
#include <cstdio>
#include <functional>

#include "drivers/postgres/database.hpp"
#include "tests/drivers/postgres_server.hpp"
#include "tests/drivers/shop.hpp"

using namespace lastunit;
using namespace lastunit::drivers;
using namespace lastunit::drivers::tests;

namespace {

std::string refusal(const std::function<void()>& doing) {
    try {
        doing();
    } catch (const DriverError& error) {
        return error.what();
    }
    return "";
}

}  // namespace

TEST_CASE("postgres: prepare loads the stock it was given, again and again, and leaves other schemas alone") {
    PrivatePostgres* server = postgres_server();
    if (server == nullptr) return;
    const PostgresTarget target = target_on(*server, PostgresMode::ledger);
    postgres::Database database(target);
    database.run("CREATE TABLE public.theirs AS SELECT 42 AS answer");
    for (const Quantity units : {7, 3}) {
        PostgresDriver driver(target);
        InitialStock stock = small_shop(units);
        stock.units[1] = 0;
        stock.shape.nodes[2] = "a\tname\\with 'everything'";
        driver.prepare(stock);
        const FinalState there = driver.read_back();
        CHECK(there.stock.size() == stock.units.size() - 1);
        for (const FinalState::Stock& cell : there.stock)
            REQUIRE(cell.on_hand == stock.units[std::size_t{cell.sku.value} * tests::kNodes + cell.node.value]);
        CHECK(there.orders.empty());
        CHECK(database.value("SELECT name FROM lastunit.names WHERE kind = 'node' AND position = 2") == stock.shape.nodes[2]);
    }
    CHECK(database.value("SELECT answer FROM public.theirs") == "42");
    database.run("DROP TABLE public.theirs");
}

TEST_CASE("postgres: a schema of that name which is not ours is refused and stays as it is") {
    PrivatePostgres* server = postgres_server();
    if (server == nullptr) return;
    const PostgresTarget target = target_on(*server, PostgresMode::for_update);
    postgres::Database database(target);
    database.run("DROP SCHEMA IF EXISTS lastunit CASCADE");
    database.run("CREATE SCHEMA lastunit");
    database.run("CREATE TABLE lastunit.treasure AS SELECT 1 AS gold");
    PostgresDriver driver(target);
    CHECK(refusal([&] { driver.prepare(small_shop()); }).find("did not make") != std::string::npos);
    CHECK(refusal([&] { driver.open(); }).find("did not make") != std::string::npos);
    CHECK(database.value("SELECT gold FROM lastunit.treasure") == "1");
    database.run("DROP SCHEMA lastunit CASCADE");
    CHECK(refusal([&] { driver.open(); }).find("prepare it first") != std::string::npos);
}

TEST_CASE("postgres: what was prepared before is taken as it is, but only in its own mode") {
    PrivatePostgres* server = postgres_server();
    if (server == nullptr) return;
    PostgresDriver(target_on(*server, PostgresMode::skip_locked)).prepare(small_shop(5));
    core::Line line;
    {
        PostgresDriver again(target_on(*server, PostgresMode::skip_locked, "connections=1"));
        const auto session = again.open();
        CHECK(answer_of(*session, hold_of(1, 1, line)).settled == Settled::applied);
        core::Command safety;
        safety.kind = core::CommandKind::set_safety;
        CHECK(answer_of(*session, safety).cause == Cause::unsupported);
        CHECK_FALSE(again.supports(core::CommandKind::transfer_out));
    }
    PostgresDriver other(target_on(*server, PostgresMode::ledger));
    CHECK(refusal([&] { other.open(); }).find("was prepared for mode skip_locked, not mode ledger") != std::string::npos);
}

TEST_CASE("postgres: a session that was open when the schema was made anew goes on with the new stock") {
    PrivatePostgres* server = postgres_server();
    if (server == nullptr) return;
    for (const PostgresMode mode : all_postgres_modes()) {
        INFO(name_of(mode));
        PostgresDriver driver(target_on(*server, mode, "connections=2&synchronous_commit=off"));
        driver.prepare(small_shop(0));
        const auto session = driver.open();
        core::Line line;
        const core::Command hold = hold_of(1, 1, line);
        CHECK(answer_of(*session, hold).outcome == core::Outcome::out_of_stock);
        driver.prepare(small_shop(1));
        CHECK(answer_of(*session, hold).settled == Settled::applied);
        CHECK(answer_of(*session, hold).settled == Settled::applied);
        CHECK(driver.read_back().stock.size() == small_shop().units.size());
    }
}

TEST_CASE("postgres: a server that is not there or knows no such user is named in one line, without the password") {
    PrivatePostgres* server = postgres_server();
    if (server == nullptr) return;
    const std::string port = std::to_string(server->port());
    for (const std::string& url : {"postgres://lastunit:wrong-secret@127.0.0.1:" + port + "/postgres",
                                   std::string("postgres://lastunit:wrong-secret@127.0.0.1:1/postgres")}) {
        PostgresDriver driver(parse_postgres_url(url));
        const std::string said = refusal([&] { driver.prepare(small_shop()); });
        INFO(said);
        CHECK_FALSE(said.empty());
        CHECK(said.find('\n') == std::string::npos);
        CHECK(said.find("wrong-secret") == std::string::npos);
    }
}

TEST_CASE("postgres: a million cells are prepared and read back", "[.][slow]") {
    PrivatePostgres* server = postgres_server();
    if (server == nullptr) return;
    InitialStock stock = small_shop();
    stock.shape.nodes.assign(50, "node");
    stock.shape.skus.assign(20'000, "sku");
    stock.units.assign(1'000'000, 7);
    for (const PostgresMode mode : {PostgresMode::conditional_update, PostgresMode::ledger, PostgresMode::skip_locked}) {
        PostgresDriver driver(target_on(*server, mode));
        const std::int64_t start = steady_now_ns();
        driver.prepare(stock);
        const std::int64_t prepared = steady_now_ns();
        CHECK(driver.read_back().stock.size() == stock.units.size());
        std::printf("%s: a million cells prepared in %.1f s, read back in %.1f s\n", name_of(mode),
                    static_cast<double>(prepared - start) / 1e9, static_cast<double>(steady_now_ns() - prepared) / 1e9);
    }
}
