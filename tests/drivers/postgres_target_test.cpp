// URLs of PostgreSQL.
#include <catch2/catch.hpp>
#include <cstdlib>

#include "drivers/driver.hpp"
#include "drivers/postgres/target.hpp"

using namespace lastunit;
using namespace lastunit::drivers;

namespace {

std::string word(const PostgresTarget& target, const std::string& keyword) {
    for (const auto& [key, value] : target.connection)
        if (key == keyword) return value;
    return "";
}

std::string problem_of(const std::string& url) {
    try {
        parse_postgres_url(url);
    } catch (const DriverError& error) {
        return error.what();
    }
    return "";
}

}  // namespace

TEST_CASE("postgres URL: ours is taken out, the rest is libpq's, and no password is shown") {
    const PostgresTarget target = parse_postgres_url(
        "postgres://shop:s%40crt@db.example:5433/"
        "stock?mode=ledger&connections=4&sslmode=disable&pipeline=2&synchronous_commit=off");
    CHECK(target.mode == PostgresMode::ledger);
    CHECK(target.connections == 4);
    CHECK(target.pipeline == 2);
    CHECK(target.synchronous_commit == "off");
    CHECK(word(target, "user") == "shop");
    CHECK(word(target, "password") == "s@crt");
    CHECK(word(target, "host") == "db.example");
    CHECK(word(target, "port") == "5433");
    CHECK(word(target, "dbname") == "stock");
    CHECK(word(target, "sslmode") == "disable");
    CHECK(target.shown.find("crt") == std::string::npos);
    CHECK(target.shown.starts_with("postgres://shop@db.example:5433/stock?mode=ledger"));
}

TEST_CASE("postgres URL: the password of a query is not shown either, and defaults are the documented ones") {
    const PostgresTarget target = parse_postgres_url("postgresql:///stock?host=/run/postgresql&password=secret&user=shop");
    CHECK(target.shown == "postgresql:///stock?host=/run/postgresql&user=shop");
    CHECK(word(target, "password") == "secret");
    CHECK(word(target, "host") == "/run/postgresql");
    CHECK(target.mode == PostgresMode::conditional_update);
    CHECK(target.connections == 16);
    CHECK(target.synchronous_commit == "on");
}

TEST_CASE("postgres URL: what is wrong is named with what would be right") {
    const std::pair<const char*, const char*> rows[] = {
        {"mysql://h/d", "a URL is postgres://"},
        {"postgres://h/d?mode=optimistic", "there are check_then_act, for_update"},
        {"postgres://h/d?connections=0", "from 1 to 1000"},
        {"postgres://h/d?connections=many", "from 1 to 1000"},
        {"postgres://h/d?pipeline=1001", "from 1 to 1000"},
        {"postgres://h/d?synchronous_commit=maybe", "remote_apply"},
        {"postgres://h/d?colour=blue", "beside libpq's there are mode, connections"},
    };
    for (const auto& [url, said] : rows) {
        INFO(url);
        const std::string problem = problem_of(url);
        CAPTURE(problem);
        CHECK(problem.find(said) != std::string::npos);
        CHECK(problem.find('\n') == std::string::npos);
    }
}
