#include "tests/drivers/postgres_server.hpp"

#include <catch2/catch.hpp>

#include "drivers/postgres/database.hpp"

namespace lastunit::drivers::tests {

PrivatePostgres* postgres_server() {
    if (find_postgres_binaries().empty()) {
        WARN("SKIPPED: no PostgreSQL server is installed (Debian package postgresql)");
        return nullptr;
    }
    static PrivatePostgres server;
    return &server;
}

PostgresTarget target_on(PrivatePostgres& server, PostgresMode mode, const std::string& options) {
    return parse_postgres_url(server.url(std::string("mode=") + name_of(mode) + (options.empty() ? "" : "&" + options)));
}

std::vector<PostgresMode> all_postgres_modes() {
    std::vector<PostgresMode> modes;
    for (unsigned i = 0; i < kPostgresModes; ++i) modes.push_back(static_cast<PostgresMode>(i));
    return modes;
}

std::vector<PostgresMode> sound_postgres_modes() {
    std::vector<PostgresMode> modes = all_postgres_modes();
    std::erase(modes, PostgresMode::check_then_act);
    return modes;
}

void terminate_connections(PrivatePostgres& server) {
    postgres::Database database(parse_postgres_url(server.url()));
    database.run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> "
        "pg_backend_pid()");
}

Completion answer_of(Session& session, const core::Command& command) {
    const Operation operation{.tag = 1, .command = command, .timeout = seconds(60)};
    session.submit({&operation, 1});
    return answers_of(session, 1).front();
}

std::vector<Completion> answers_of(Session& session, std::size_t count) {
    std::vector<Completion> out;
    const std::int64_t end_ns = steady_now_ns() + 120'000'000'000;
    while (out.size() < count && steady_now_ns() < end_ns) session.poll(out, milliseconds(100));
    REQUIRE(out.size() == count);
    return out;
}

}  // namespace lastunit::drivers::tests
