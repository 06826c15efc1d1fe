// Two transactions in each other's way, step by step: what the one does while the other has not committed yet.
#include <catch2/catch.hpp>

#include "drivers/postgres/database.hpp"
#include "tests/drivers/postgres_server.hpp"
#include "tests/drivers/shop.hpp"

using namespace lastunit;
using namespace lastunit::drivers;
using namespace lastunit::drivers::tests;
using core::CommandKind;
using core::Outcome;

namespace {

// The one cell of these tests; commands have numbers of their own.
const core::Line kLine{NodeId(0), Sku(0), 1};

core::Command command_of(CommandKind kind, std::uint64_t number, std::uint64_t id, std::uint64_t order,
                         std::span<const core::Line> lines = {}) {
    core::Command command;
    command.kind = kind;
    command.key = {6, number};
    command.id = id;
    command.order = order;
    command.lines = lines;
    if (kind == CommandKind::hold) command.ttl = hours(1);
    if (kind == CommandKind::pick || kind == CommandKind::ship || kind == CommandKind::sell) {
        command.node = kLine.node;
        command.sku = kLine.sku;
        command.quantity = 1;
    }
    return command;
}

FinalState::Stock cell_of(PostgresDriver& driver) {
    for (const FinalState::Stock& cell : driver.read_back().stock)
        if (cell.sku == kLine.sku && cell.node == kLine.node) return cell;
    return {};
}

// Whether somebody waits for another's lock at this moment.
bool somebody_waits(postgres::Database& watcher) {
    return watcher.value("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'") != "0";
}

// Sends it and returns once it waits for a lock or has its answer, which is added to `answers`.
void send_until_it_waits(Session& session, const core::Command& command, postgres::Database& watcher,
                         std::vector<Completion>& answers) {
    const Operation operation{.tag = 1, .command = command, .timeout = seconds(100)};
    session.submit({&operation, 1});
    const std::int64_t end_ns = steady_now_ns() + 60'000'000'000;
    while (answers.empty() && !somebody_waits(watcher) && steady_now_ns() < end_ns) session.poll(answers, milliseconds(1));
    REQUIRE((!answers.empty() || somebody_waits(watcher)));
}

}  // namespace

TEST_CASE("postgres: skip_locked: ending claims that have no unit leaves those alone that another is turning into an order") {
    PrivatePostgres* server = postgres_server();
    if (server == nullptr) return;
    const PostgresTarget target = target_on(*server, PostgresMode::skip_locked, "connections=1&synchronous_commit=off");
    PostgresDriver driver(target);
    InitialStock stock = small_shop(0);
    stock.units[0] = 3;
    driver.prepare(stock);
    postgres::Database confirming(target), releasing(target), watcher(target);
    CHECK(confirming.value("SELECT hold(1, 0::smallint, 3600000000, '{0}', '{0}', '{1}', true)") == "applied");
    CHECK(confirming.value("SELECT hold(2, 0::smallint, 3600000000, '{0}', '{0}', '{2}', true)") == "applied");
    CHECK(confirming.value("SELECT sell(0, 0, 3)") == "applied");

    confirming.run("BEGIN");
    CHECK(confirming.value("SELECT confirm(2, 2)") == "applied");
    PGconn* other = releasing.connection();
    REQUIRE(PQsendQuery(other, "SELECT release(1)") == 1);
    const std::int64_t end_ns = steady_now_ns() + 60'000'000'000;
    const auto is_done = [&] { return PQconsumeInput(other) == 1 && PQisBusy(other) == 0; };
    while (!is_done() && !somebody_waits(watcher) && steady_now_ns() < end_ns) {
    }
    confirming.run("COMMIT");
    const postgres::ResultPtr released(PQgetResult(other));
    INFO(postgres::one_line(PQresultErrorMessage(released.get())));
    REQUIRE(PQresultStatus(released.get()) == PGRES_TUPLES_OK);
    CHECK(std::string(PQgetvalue(released.get(), 0, 0)) == "applied");

    const FinalState::Stock cell = cell_of(driver);
    CHECK(cell.held == 0);
    CHECK(cell.allocated == 2);
    CHECK(cell.on_hand == 0);
    CHECK(cell.shortage == 2);
}

TEST_CASE("postgres: skip_locked: stock that comes or goes never waits for a unit that another is turning into an order") {
    PrivatePostgres* server = postgres_server();
    if (server == nullptr) return;
    const PostgresTarget target = target_on(*server, PostgresMode::skip_locked, "connections=1&synchronous_commit=off");
    PostgresDriver driver(target);
    InitialStock stock = small_shop(0);
    stock.units[0] = 4;
    driver.prepare(stock);
    postgres::Database confirming(target), other(target);
    CHECK(confirming.value("SELECT hold(1, 0::smallint, 3600000000, '{0}', '{0}', '{2}', true)") == "applied");
    CHECK(confirming.value("SELECT hold(2, 0::smallint, 3600000000, '{0}', '{0}', '{2}', true)") == "applied");
    other.run("SET lock_timeout = '5s'");
    confirming.run("BEGIN");
    CHECK(confirming.value("SELECT confirm(1, 1)") == "applied");
    // From under the claims that nobody is changing; of the others nobody knows, and whoever wants them tries again.
    CHECK(other.value("SELECT sell(0, 0, 2)") == "applied");
    CHECK_THROWS_WITH(other.value("SELECT sell(0, 0, 1)"), Catch::Contains("being changed by others"));
    CHECK(other.value("SELECT receive(0, 0, 1)") == "applied");
    confirming.run("COMMIT");
    CHECK(other.value("SELECT sell(0, 0, 2)") == "applied");
    confirming.run("BEGIN");
    CHECK(confirming.value("SELECT confirm(2, 2)") == "applied");
    CHECK(other.value("SELECT receive(0, 0, 1)") == "applied");
    confirming.run("COMMIT");
    CHECK(other.value("SELECT receive(0, 0, 4)") == "applied");
    const FinalState::Stock cell = cell_of(driver);
    CHECK(cell.on_hand == 6);
    CHECK(cell.held == 0);
    CHECK(cell.allocated == 4);
    CHECK(other.value("SELECT count(*) FROM units WHERE NOT present") == "0");
    CHECK(other.value("SELECT count(*) FROM units WHERE claim = 'free'") == "2");
}

TEST_CASE("postgres: whoever changes an order's line beside one that adds to it waits for the cell, and not in a circle") {
    PrivatePostgres* server = postgres_server();
    if (server == nullptr) return;
    for (const PostgresMode mode : all_postgres_modes()) {
        for (const CommandKind kind : {CommandKind::confirm, CommandKind::deallocate, CommandKind::pick, CommandKind::ship}) {
            INFO(name_of(mode) << ", " << core::name_of(kind));
            const PostgresTarget target = target_on(*server, mode, "connections=1&pipeline=1&synchronous_commit=off");
            PostgresDriver driver(target);
            driver.prepare(small_shop(10));
            const auto session = driver.open();
            REQUIRE(answer_of(*session, command_of(CommandKind::allocate, 1, 0, 1, {&kLine, 1})).settled == Settled::applied);
            REQUIRE(answer_of(*session, command_of(CommandKind::allocate, 2, 0, 1, {&kLine, 1})).settled == Settled::applied);
            REQUIRE(answer_of(*session, command_of(CommandKind::pick, 3, 0, 1)).settled == Settled::applied);
            REQUIRE(answer_of(*session, command_of(CommandKind::hold, 4, 1, 0, {&kLine, 1})).settled == Settled::applied);

            postgres::Database adding(target), watcher(target);
            adding.run("BEGIN");
            adding.run("SELECT locked(0, 0)");
            std::vector<Completion> answers;
            const core::Command command = command_of(kind, 5, 1, 1, {&kLine, kind == CommandKind::deallocate ? 1U : 0U});
            send_until_it_waits(*session, command, watcher, answers);
            std::string added;
            CHECK_NOTHROW(added = adding.value("SELECT allocate(1, '{0}', '{0}', '{1}', false, true)"));
            CHECK(added == "applied");
            adding.run("COMMIT");
            if (answers.empty()) answers = answers_of(*session, 1);
            CHECK(answers.front().settled == Settled::applied);
            // SERIALIZABLE undoes what waited for a row that has changed since, circle or not.
            if (mode != PostgresMode::serializable) CHECK(driver.rolled_back() == 0);
        }
    }
}
