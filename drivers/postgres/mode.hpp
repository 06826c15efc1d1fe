// How an application reserves stock in PostgreSQL: the designs that are compared. docs/postgres.md says what each guarantees.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lastunit::drivers {

enum class PostgresMode : std::uint8_t {
    check_then_act,      // SELECT, decide, UPDATE, each in its own transaction: oversells
    for_update,          // SELECT ... FOR UPDATE, then UPDATE
    conditional_update,  // UPDATE ... WHERE enough is there
    serializable,        // SELECT, UPDATE in a SERIALIZABLE transaction, again after 40001
    ledger,              // append-only movements, an advisory lock per cell
    skip_locked,         // one row per unit, FOR UPDATE SKIP LOCKED
};
inline constexpr unsigned kPostgresModes = static_cast<unsigned>(PostgresMode::skip_locked) + 1;

const char* name_of(PostgresMode mode);
std::optional<PostgresMode> postgres_mode_named(std::string_view name);
std::string postgres_mode_names();  // "check_then_act, for_update, ...", for messages

}  // namespace lastunit::drivers
