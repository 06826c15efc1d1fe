// The tables of a results store, and the steps that bring an older one up to date.
#pragma once

#include <span>
#include <string>

#include "reports/store/database.hpp"

namespace lastunit::reports {

// SQL that turns version i into version i + 1, at index i. Append only: files of every version are out there. Each step runs in a
// transaction with all others that a file lacks.
std::span<const char* const> schema_steps();

// Makes the tables of a new file, or applies the steps that an older one lacks. Throws StoreError: not_a_store for a database of
// another program, newer_schema for more steps than are known here; both are left untouched.
void migrate(const Database& database, const std::string& path, std::span<const char* const> steps);

}  // namespace lastunit::reports
