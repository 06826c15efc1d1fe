#include "reports/audit/counts.hpp"

#include <algorithm>
#include <optional>

namespace lastunit::reports::audit {

namespace {

bool changes_on_hand(Act act) { return act == Act::stock || act == Act::sell || act == Act::count; }

// What on_hand is after some operations that overlap in time, if it is the same in every order; nullopt also where one may not
// have happened.
std::optional<std::int64_t> after(std::optional<std::int64_t> before, std::span<const CellOperation> together) {
    std::int64_t stocked = 0, sold = 0;
    for (const CellOperation& op : together) {
        if (op.must != Must::happen) return std::nullopt;
        if (op.act == Act::count) return together.size() == 1 ? std::optional<std::int64_t>(op.units) : std::nullopt;
        (op.act == Act::stock ? stocked : sold) += op.units;
    }
    if (!before) return std::nullopt;
    if (*before >= sold) return *before + stocked - sold;
    // A sale takes no more than there is: of several, in which order matters.
    if (together.size() == 1) return 0;
    return std::nullopt;
}

}  // namespace

ResolvedCounts resolve_counts(std::span<const CellOperation> operations, CellState start) {
    ResolvedCounts resolved;
    std::vector<CellOperation> on_hand_changes;  // by `from`, as the operations are
    std::copy_if(operations.begin(), operations.end(), std::back_inserter(on_hand_changes),
                 [](const CellOperation& op) { return changes_on_hand(op.act); });
    std::vector<std::optional<std::int64_t>> deltas;  // of the counts, in their order
    std::optional<std::int64_t> on_hand = start.on_hand;
    for (std::size_t first = 0, next = 0; first < on_hand_changes.size(); first = next) {
        SimTime until = on_hand_changes[first].until;
        // What met in a microsecond may have happened in either order.
        for (next = first + 1; next < on_hand_changes.size() && on_hand_changes[next].from <= until; ++next)
            until = std::max(until, on_hand_changes[next].until);
        const std::span<const CellOperation> together(on_hand_changes.data() + first, next - first);
        const std::optional<std::int64_t> then = after(on_hand, together);
        for (const CellOperation& op : together)
            if (op.act == Act::count) deltas.push_back(on_hand && then ? std::optional(*then - *on_hand) : std::nullopt);
        on_hand = then;
    }
    std::size_t count = 0;
    for (CellOperation op : operations) {
        if (op.act == Act::count) {
            const std::optional<std::int64_t> delta = deltas[count++];
            if (!delta) {
                ++resolved.left;
            } else if (*delta == 0) {
                continue;
            } else {
                op.act = *delta > 0 ? Act::stock : Act::sell;
                op.units = static_cast<Quantity>(std::abs(*delta));
                (*delta > 0 ? resolved.added : resolved.taken_away) += op.units;
            }
        }
        resolved.operations.push_back(op);
    }
    return resolved;
}

}  // namespace lastunit::reports::audit
