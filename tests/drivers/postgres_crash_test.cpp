// kill -9 of the server under load, and connections that are cut.
#include <catch2/catch.hpp>
#include <chrono>
#include <cstdio>
#include <thread>

#include "drivers/faults/proxy.hpp"
#include "tests/drivers/postgres_server.hpp"
#include "tests/drivers/shop.hpp"

using namespace lastunit;
using namespace lastunit::drivers;
using namespace lastunit::drivers::tests;

namespace {

constexpr std::uint64_t kClient = 7;

struct Load {
    std::vector<core::Line> lines = std::vector<core::Line>(200'000);
    std::vector<Settled> settled = std::vector<Settled>(1, Settled::refused);  // [n]

    Operation next() {
        const std::uint64_t n = settled.size();
        settled.push_back(Settled::unknown);
        return operation(n);
    }
    Operation operation(std::uint64_t n) {
        return {.tag = n, .command = hold_of(kClient, n, lines.at(n)), .timeout = seconds(60)};
    }
};

// Holds one after the other, some at a time, until nobody is there; everything has come back then.
void hold_until_cut(Session& session, Load& load) {
    std::vector<Completion> out;
    for (bool cut = false; !cut || session.in_flight() != 0;) {
        while (!cut && session.in_flight() < 24) {
            const Operation operation = load.next();
            session.submit({&operation, 1});
        }
        out.clear();
        session.poll(out, milliseconds(50));
        for (const Completion& answer : out) {
            load.settled[answer.tag] = answer.settled;
            cut = cut || answer.settled == Settled::unknown || answer.cause == Cause::unavailable;
        }
    }
}

std::int64_t units_held(PostgresDriver& driver) {
    std::int64_t held = 0;
    for (const FinalState::Stock& cell : driver.read_back().stock) held += cell.held;
    return held;
}

}  // namespace

TEST_CASE("postgres: killed under load, nothing acknowledged is lost and the unknown become known under their keys") {
    PrivatePostgres* server = postgres_server();
    if (server == nullptr) return;
    PostgresDriver driver(target_on(*server, PostgresMode::conditional_update, "connections=8"));
    driver.prepare(small_shop(100'000));
    const auto session = driver.open();
    Load load;
    std::int64_t expected = 0;
    std::size_t checked = 1, unknown = 0, acknowledged = 0;
    for (int kill = 0; kill < 3; ++kill) {
        std::thread killer([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(150 + 40 * kill));
            server->process().kill_tree();
        });
        hold_until_cut(*session, load);
        killer.join();
        // While nobody is there: refused at once, certainly without effect.
        const Operation refused = load.next();
        session->submit({&refused, 1});
        CHECK(answers_of(*session, 1).front().cause == Cause::unavailable);
        load.settled.back() = Settled::refused;
        server->restart();
        // The same session finds the server again by itself.
        for (std::uint64_t n = checked; n < load.settled.size(); ++n) {
            if (load.settled[n] == Settled::refused) continue;
            unknown += load.settled[n] == Settled::unknown ? 1 : 0;
            acknowledged += load.settled[n] == Settled::applied ? 1 : 0;
            if (load.settled[n] == Settled::unknown || n % 8 == 0) {
                Completion again;
                do {
                    const Operation operation = load.operation(n);
                    session->submit({&operation, 1});
                    again = answers_of(*session, 1).front();
                } while (again.cause == Cause::unavailable);
                REQUIRE(again.settled == Settled::applied);
            }
            ++expected;
        }
        checked = load.settled.size();
        CHECK(units_held(driver) == expected);
    }
    CHECK(acknowledged > 0);
    std::printf("postgres: 3 kills, %zu acknowledged before them, %zu unknown and asked again\n", acknowledged, unknown);
}

TEST_CASE("postgres: connections that are cut are opened again, and an answer that was lost is found by its key") {
    PrivatePostgres* server = postgres_server();
    if (server == nullptr) return;
    PostgresDriver driver(target_on(*server, PostgresMode::for_update, "connections=4&synchronous_commit=off"));
    driver.prepare(small_shop(100'000));
    const auto session = driver.open();
    Load load;
    std::int64_t expected = 0;
    std::thread cutter([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        terminate_connections(*server);
    });
    hold_until_cut(*session, load);
    cutter.join();
    for (std::uint64_t n = 1; n < load.settled.size(); ++n) {
        if (load.settled[n] == Settled::unknown) load.settled[n] = driver.resolve(load.operation(n), seconds(60)).settled;
        REQUIRE(load.settled[n] != Settled::unknown);
        expected += load.settled[n] == Settled::applied ? 1 : 0;
    }
    CHECK(units_held(driver) == expected);
}

TEST_CASE("postgres: when the network is cut everything is refused at once, and the same session goes on once it is mended") {
    PrivatePostgres* server = postgres_server();
    if (server == nullptr) return;
    Proxy proxy("127.0.0.1", server->port());
    PostgresDriver driver(parse_postgres_url(server->url("mode=skip_locked&connections=4&synchronous_commit=off", proxy.port())));
    driver.prepare(small_shop(1000));
    const auto session = driver.open();
    Load load;
    std::thread cutter([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        proxy.cut();
    });
    hold_until_cut(*session, load);
    cutter.join();
    const Operation refused = load.next();
    session->submit({&refused, 1});
    CHECK(answers_of(*session, 1).front().cause == Cause::unavailable);
    load.settled.back() = Settled::refused;
    proxy.mend();
    std::int64_t expected = 0;
    for (std::uint64_t n = 1; n < load.settled.size(); ++n) {
        while (load.settled[n] == Settled::unknown) {
            const Operation again = load.operation(n);
            session->submit({&again, 1});
            const Completion answer = answers_of(*session, 1).front();
            // Unavailable says nothing about the first time.
            if (answer.cause == Cause::outcome) load.settled[n] = answer.settled;
        }
        expected += load.settled[n] == Settled::applied ? 1 : 0;
    }
    CHECK(units_held(driver) == expected);
}

TEST_CASE("postgres: an operation that is not answered in time is unknown, one that was never sent is refused as late") {
    PrivatePostgres* server = postgres_server();
    if (server == nullptr) return;
    PostgresDriver driver(target_on(*server, PostgresMode::conditional_update, "connections=1&pipeline=2"));
    driver.prepare(small_shop());
    const auto session = driver.open();
    server->process().stall();
    constexpr std::size_t kOperations = 4;
    std::vector<core::Line> lines(kOperations);
    std::vector<Operation> operations;
    for (std::uint64_t n = 1; n <= kOperations; ++n)
        operations.push_back({.tag = n, .command = hold_of(kClient, n, lines[n - 1]), .timeout = milliseconds(100)});
    session->submit(operations);
    std::vector<Completion> answers = answers_of(*session, kOperations);
    server->process().resume();
    std::int64_t expected = 0, late = 0;
    for (const Completion& answer : answers) {
        if (answer.settled == Settled::refused) {
            CHECK(answer.cause == Cause::late);
            ++late;
            continue;
        }
        CHECK(answer.settled == Settled::unknown);
        CHECK(answer.cause == Cause::no_answer);
        operations[answer.tag - 1].timeout = seconds(60);
        CHECK(driver.resolve(operations[answer.tag - 1], seconds(60)).settled == Settled::applied);
        ++expected;
    }
    CHECK(expected > 0);
    CHECK(late > 0);
    CHECK(units_held(driver) == expected);
}
