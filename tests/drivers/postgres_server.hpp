// One private PostgreSQL for all tests of this process, and drivers on it.
#pragma once

#include "drivers/postgres/postgres_driver.hpp"
#include "drivers/postgres/private_postgres.hpp"

namespace lastunit::drivers::tests {

// Null, and a word to the reader, where no PostgreSQL server is installed: the test returns then.
PrivatePostgres* postgres_server();

// `options` as in a URL: "connections=1&synchronous_commit=off".
PostgresTarget target_on(PrivatePostgres& server, PostgresMode mode, const std::string& options = "");

std::vector<PostgresMode> all_postgres_modes();
std::vector<PostgresMode> sound_postgres_modes();

// Cuts every connection but the one that does it.
void terminate_connections(PrivatePostgres& server);

// Sends one operation and waits for its answer.
Completion answer_of(Session& session, const core::Command& command);
// Polls until so many have been answered.
std::vector<Completion> answers_of(Session& session, std::size_t count);

}  // namespace lastunit::drivers::tests
