// The bare ledger in this process: no journal, no threads of its own. The floor under every other back end's latency.
#pragma once

#include <mutex>
#include <optional>

#include "drivers/driver.hpp"

namespace lastunit::drivers {

class LedgerDriver : public Driver {
   public:
    explicit LedgerDriver(Duration key_retention = minutes(10)) : key_retention_(key_retention) {}

    std::string target() const override { return "inproc"; }
    bool supports(core::CommandKind) const override { return true; }
    void prepare(const InitialStock& stock) override;
    std::unique_ptr<Session> open() override;
    Completion resolve(const Operation& operation, Duration at_most) override;
    FinalState read_back() override;

   private:
    class Line;
    Duration key_retention_;
    std::mutex mutex_;
    std::optional<core::Ledger> ledger_;
    core::Events events_;
};

// Shared by the drivers that have a core::Ledger behind them.
core::Ledger ledger_with(const InitialStock& stock, Duration key_retention, SimTime now);
FinalState state_of(const core::Ledger& ledger);
Completion completion_of(std::uint64_t tag, core::Outcome outcome, std::uint64_t sequence, std::int64_t at_ns);

}  // namespace lastunit::drivers
