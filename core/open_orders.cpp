#include "core/open_orders.hpp"

#include "core/ledger_state.hpp"

namespace lastunit::core {

void for_each_open_line(const Ledger& ledger, const std::function<void(const OpenLine&)>& visit) {
    for (const Ledger::State::Record& record : ledger.state().records) {
        if (record.use != Ledger::State::Use::order) continue;
        for (const Commitment& line : record.lines.all())
            visit({OrderId(record.id), line.node, line.sku, line.quantity, line.picked});
    }
}

}  // namespace lastunit::core
