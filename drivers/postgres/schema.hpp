// The schema `lastunit` of a database: made, filled, recognised, read back. Nothing outside it is touched.
#pragma once

#include "drivers/driver.hpp"
#include "drivers/postgres/database.hpp"
#include "drivers/postgres/statements.hpp"

namespace lastunit::drivers::postgres {

// Drops an earlier schema of ours and makes a new one. Refuses one that is not ours.
void make_schema(Database& database, const PostgresTarget& target, const InitialStock& stock);

// Of the schema that is there; throws when there is none of ours, or one for another mode.
ShopSize shape_of(Database& database, const PostgresTarget& target);

// Ends what is due, then reads all.
FinalState read_state(Database& database);

}  // namespace lastunit::drivers::postgres
