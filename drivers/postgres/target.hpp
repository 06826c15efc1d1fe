// A PostgreSQL database by its URL: postgres://USER:PASSWORD@HOST:PORT/DATABASE?OPTION=VALUE&...
//
// Ours of the options: mode (conditional_update), connections (16, of each session), pipeline (4 operations sent ahead on a
// connection), synchronous_commit (on; whatever PostgreSQL takes). All others go to libpq (host, sslmode, ...), as do its
// environment variables (PGPASSWORD, PGHOST, ...).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "drivers/postgres/mode.hpp"

namespace lastunit::drivers {

struct PostgresTarget {
    std::string shown;                                            // the URL without passwords
    std::vector<std::pair<std::string, std::string>> connection;  // libpq's keywords
    PostgresMode mode = PostgresMode::conditional_update;
    unsigned connections = 16;  // 1 to 1000
    unsigned pipeline = 4;      // 1 to 1000; beyond one, an operation may wait behind another that waits for a row
    std::string synchronous_commit = "on";
};

// Throws DriverError: one line that says what is wrong and what would be right.
PostgresTarget parse_postgres_url(const std::string& url);

}  // namespace lastunit::drivers
