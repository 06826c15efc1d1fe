// Proof that the core comes back as it was: every event of its ledger goes through the journal's own encoding as it happens, and
// after a crash what the records say of each cell is compared with the ledger. Kept only in scenarios that crash the core.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/ledger.hpp"

namespace lastunit::sim {

class CoreJournal {
   public:
    CoreJournal(std::uint32_t nodes, std::uint32_t skus) : nodes_(nodes), atp_(std::size_t{nodes} * skus, kUntouched) {}

    void append(std::span<const core::Event> events);
    // Asserts that every cell that the journal tells of has the ATP that it tells.
    void compare(const core::Ledger& ledger) const;

   private:
    static constexpr Quantity kUntouched = -1;

    std::uint32_t nodes_;
    std::vector<Quantity> atp_;  // by the last record of each cell
    std::uint64_t written_ = 0;
};

}  // namespace lastunit::sim
