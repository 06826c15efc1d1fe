// Holds whose time is over, by the database's clock.
#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

#include "drivers/postgres/database.hpp"
#include "tests/drivers/postgres_server.hpp"
#include "tests/drivers/shop.hpp"

using namespace lastunit;
using namespace lastunit::drivers;
using namespace lastunit::drivers::tests;
using core::CommandKind;
using core::Outcome;

namespace {

core::Command on_hold(CommandKind kind, std::uint64_t number, std::uint64_t hold, Duration ttl,
                      std::span<const core::Line> lines) {
    core::Command command;
    command.kind = kind;
    command.key = {9, number};
    command.id = hold;
    command.order = hold;
    command.ttl = ttl;
    if (kind == CommandKind::hold) command.lines = lines;
    return command;
}

}  // namespace

TEST_CASE("postgres: a hold ends by itself, its units go to whoever asks next, and a late command is told so") {
    PrivatePostgres* server = postgres_server();
    if (server == nullptr) return;
    for (const PostgresMode mode : all_postgres_modes()) {
        INFO(name_of(mode));
        PostgresDriver driver(target_on(*server, mode, "connections=2&synchronous_commit=off"));
        driver.prepare(small_shop(2));
        const auto session = driver.open();
        const core::Line both{NodeId(0), Sku(0), 2};
        std::uint64_t n = 0;
        const auto ask = [&](CommandKind kind, std::uint64_t hold, Duration ttl) {
            return answer_of(*session, on_hold(kind, ++n, hold, ttl, {&both, 1})).outcome;
        };
        CHECK(ask(CommandKind::hold, 1, hours(1)) == Outcome::applied);
        CHECK(ask(CommandKind::hold, 2, hours(1)) == Outcome::out_of_stock);
        CHECK(ask(CommandKind::extend, 1, milliseconds(1)) == Outcome::applied);
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        // Exactly then, whether or not anything has swept in between.
        CHECK(ask(CommandKind::hold, 3, hours(1)) == Outcome::applied);
        CHECK(ask(CommandKind::confirm, 1, hours(1)) == Outcome::hold_expired);
        CHECK(ask(CommandKind::extend, 3, milliseconds(1)) == Outcome::applied);
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        CHECK(ask(CommandKind::release, 3, hours(1)) == Outcome::hold_expired);
        CHECK(ask(CommandKind::confirm, 3, hours(1)) == Outcome::hold_expired);
        CHECK(ask(CommandKind::hold, 4, hours(1)) == Outcome::applied);
        CHECK(ask(CommandKind::confirm, 4, hours(1)) == Outcome::applied);
        CHECK(ask(CommandKind::confirm, 4, hours(1)) == Outcome::hold_ended);
        CHECK(ask(CommandKind::hold, 1, hours(1)) == Outcome::hold_exists);
    }
}

TEST_CASE("postgres: nobody is refused the units of a hold that is over, even while another is just ending it") {
    PrivatePostgres* server = postgres_server();
    if (server == nullptr) return;
    for (const PostgresMode mode : sound_postgres_modes()) {
        INFO(name_of(mode));
        const PostgresTarget target = target_on(*server, mode, "connections=1&synchronous_commit=off");
        PostgresDriver driver(target);
        driver.prepare(small_shop(1));
        const auto session = driver.open();
        std::atomic<bool> ending = true;
        std::thread sweeper([&] {
            postgres::Database database(target);
            while (ending) PQclear(PQexec(database.connection(), "SELECT expire_due(1000)"));
        });
        const core::Line line{NodeId(0), Sku(0), 1};
        std::size_t refused = 0;
        std::uint64_t number = 0;
        const auto ask = [&](CommandKind kind, std::uint64_t id) {
            core::Command command = on_hold(kind, ++number, id, milliseconds(1), {&line, 1});
            command.lines = {&line, 1};
            refused += answer_of(*session, command).outcome != Outcome::applied;
        };
        for (std::uint64_t n = 1; n <= 400; ++n) {
            ask(CommandKind::hold, n);
            // A different moment of the sweep each time.
            std::this_thread::sleep_for(std::chrono::microseconds(1000 + n * 7 % 400));
            if (n % 2 == 0) continue;
            ask(CommandKind::allocate, n);
            ask(CommandKind::deallocate, n);
        }
        ending = false;
        sweeper.join();
        CHECK(refused == 0);
    }
}

TEST_CASE("postgres: holds that nobody asks about are ended while a session is open, and before the state is read") {
    PrivatePostgres* server = postgres_server();
    if (server == nullptr) return;
    PostgresDriver driver(target_on(*server, PostgresMode::conditional_update, "connections=2&synchronous_commit=off"));
    driver.prepare(small_shop(50));
    {
        const auto session = driver.open();
        const core::Line line{NodeId(0), Sku(0), 1};
        for (std::uint64_t n = 1; n <= 20; ++n)
            REQUIRE(answer_of(*session, on_hold(CommandKind::hold, n, n, milliseconds(n <= 10 ? 1 : 3'600'000), {&line, 1}))
                        .settled == Settled::applied);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    std::int64_t held = 0;
    for (const FinalState::Stock& cell : driver.read_back().stock) held += cell.held;
    CHECK(held == 10);
}
