// Ledger, truth and record of a run of everything at once, looked at now and then; where its units are, after every event.
#pragma once

#include <cstdint>
#include <string>

#include "core/ledger.hpp"
#include "sim/probe.hpp"
#include "sim/record_error.hpp"
#include "sim/truth.hpp"
#include "tests/sim/units.hpp"

namespace lastunit::sim_tests {

inline constexpr std::uint64_t kAuditEvery = 97;  // events: each audit walks the whole ledger

class Auditor : public sim::Probe {
   public:
    Auditor(std::uint16_t nodes, std::uint32_t skus) : nodes_(nodes), skus_(skus) {}

    void after_event(const core::Ledger& ledger, const sim::Truth& truth) override {
        truth_ = &truth;
        if (++events_ % kAuditEvery != 0) return;
        for (const sim::TruthCell& cell : truth.cells())
            if (cell.shelf < 0 || cell.committed < 0 || cell.in_fulfilment < 0 || cell.in_hand < 0)
                violations_ += "negative truth\n";
        for (const std::string& violation : ledger.audit()) violations_ += violation + "\n";
    }
    void after_event_of_books(const sim::Recorder& books) override {
        if (units_nowhere(*truth_, books) != 0 && violations_.size() < 2000)
            violations_ += "event " + std::to_string(events_) + ": a unit is nowhere, or in two places\n";
    }
    void after_event_of_record(const sim::RecordError& error) override {
        if (events_ % kAuditEvery != 0) return;
        for (std::uint32_t sku = 0; sku < skus_; ++sku)
            for (std::uint16_t node = 0; node < nodes_; ++node)
                if (error.unexplained(NodeId(node), Sku(sku)) != 0) violations_ += "a record is off for no reason\n";
    }
    std::string text() const { return violations_.substr(0, 2000); }

   private:
    std::uint16_t nodes_;
    std::uint32_t skus_;
    const sim::Truth* truth_ = nullptr;
    std::uint64_t events_ = 0;
    std::string violations_;
};

}  // namespace lastunit::sim_tests
