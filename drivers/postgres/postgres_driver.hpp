// A PostgreSQL database as an inventory, reserving in one of several ways (mode.hpp). docs/postgres.md is the manual.
//
// hold, extend, release, confirm, allocate, deallocate, sell, receive, take_return, adjust, pick, ship; set_safety but for
// skip_locked. Outcomes are the core's, in the core's order. There is no order of all operations: Completion::sequence stays 0.
#pragma once

#include <memory>

#include "drivers/driver.hpp"
#include "drivers/postgres/target.hpp"

namespace lastunit::drivers {

namespace postgres {
struct Shared;
}

// A hold's time is counted by the database's clock from when it took effect to when an operation looks; nothing has to run in
// time for it. These are for the audit (HistoryHeader): clocks of two machines that drift, and rounding to a microsecond.
inline constexpr Duration kPostgresExpiryEarly = milliseconds(1);
inline constexpr Duration kPostgresExpiryLate = milliseconds(1);

class PostgresDriver : public Driver {
   public:
    explicit PostgresDriver(PostgresTarget target);
    ~PostgresDriver() override;

    std::string target() const override;
    bool supports(core::CommandKind kind) const override;
    // Makes the schema `lastunit` anew; refuses one that is not ours, and whatever else is in the database stays as it is.
    void prepare(const InitialStock& stock) override;
    // Without prepare(): takes what an earlier run prepared for the same mode.
    std::unique_ptr<Session> open() override;
    Completion resolve(const Operation& operation, Duration at_most) override;
    FinalState read_back() override;

    // Attempts so far that the database rolled back because of another transaction, and that were tried again.
    std::uint64_t rolled_back() const;

   private:
    std::shared_ptr<postgres::Shared> shared_;
};

}  // namespace lastunit::drivers
