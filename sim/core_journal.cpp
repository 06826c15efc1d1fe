#include "sim/core_journal.hpp"

#include <string>

#include "core/assert.hpp"
#include "core/journal.hpp"

namespace lastunit::sim {

void CoreJournal::append(std::span<const core::Event> events) {
    for (const core::Event& event : events) {
        const core::JournalBytes bytes = core::encode({++written_, event});
        core::JournalRecord record;
        const core::JournalError error = core::decode(bytes, record);
        LASTUNIT_ASSERT(error == core::JournalError::none && record.sequence == written_, core::name_of(error));
        atp_[std::size_t{record.event.sku.value} * nodes_ + record.event.node.value] = record.event.atp_after;
    }
}

void CoreJournal::compare(const core::Ledger& ledger) const {
    for (std::size_t cell = 0; cell < atp_.size(); ++cell) {
        if (atp_[cell] == kUntouched) continue;
        const NodeId node(static_cast<std::uint16_t>(cell % nodes_));
        const Sku sku(static_cast<std::uint32_t>(cell / nodes_));
        LASTUNIT_ASSERT(ledger.atp(node, sku) == atp_[cell], "the journal says " + std::to_string(atp_[cell]) + ", the ledger " +
                                                                 std::to_string(ledger.atp(node, sku)));
    }
}

}  // namespace lastunit::sim
