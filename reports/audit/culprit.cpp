#include "reports/audit/culprit.hpp"

#include <algorithm>

namespace lastunit::reports::audit {

namespace {

constexpr std::size_t kNear = 24;          // certainties looked back
constexpr std::size_t kMostDoubted = 200;  // operations of a window that are doubted one by one

std::int64_t available_of(CellState state, std::int64_t safety) { return state.on_hand - state.committed - safety; }

bool would_be_right(const CellOperation& op, std::int64_t available) {
    if (op.act == Act::take) return available >= op.units;
    if (op.act == Act::deny) return available < op.units;
    if (op.act == Act::read) return std::max<std::int64_t>(0, available) == op.units;
    return true;
}

Certainty window_start(const Linearization& known, CellState start, const CellOperation& failed, std::int64_t safety) {
    const auto& all = known.certainties;
    for (std::size_t back = 0; back < std::min(kNear, all.size()); ++back) {
        const Certainty& at = all[all.size() - 1 - back];
        if (at.unknown_used == 0 && would_be_right(failed, available_of(at.state, safety))) return at;
    }
    if (all.size() <= kNear && would_be_right(failed, available_of(start, safety))) return {};
    for (std::size_t back = 0; back < all.size(); ++back)
        if (all[all.size() - 1 - back].unknown_used == 0) return all[all.size() - 1 - back];
    return {};
}

bool still_refuted(std::span<const CellOperation> window, const Certainty& from, std::int64_t safety, std::uint64_t budget) {
    return linearize(window, from.state, safety, budget).verdict == Linearization::Verdict::refuted;
}

}  // namespace

Culprit culprit_of(std::span<const CellOperation> operations, CellState start, std::int64_t safety, std::size_t failed_at,
                   std::uint64_t budget) {
    const CellOperation failed = operations[failed_at];
    const Linearization known = linearize(operations, start, safety, budget, Keep::certainties);
    Certainty from = window_start(known, start, failed, safety);
    const bool from_start = from.event == 0;
    if (from_start) from = {0, operations.front().from, start, 0};

    // Only what was invoked before the failing answer, and not over when the window begins.
    const auto in_window = [&](const CellOperation& op) { return op.from <= failed.until && (from_start || op.until > from.at); };
    std::vector<CellOperation> window;
    for (const CellOperation& op : operations)
        if (in_window(op)) window.push_back(op);
    if (!from_start && !still_refuted(window, from, safety, budget)) {
        from = {0, operations.front().from, start, 0};
        window.clear();
        for (const CellOperation& op : operations)
            if (op.from <= failed.until) window.push_back(op);
    }
    std::vector<bool> doubted(window.size(), false);
    const auto rest = [&](bool as_told) {
        std::vector<CellOperation> left;
        for (std::size_t i = 0; i < window.size(); ++i) {
            if (!doubted[i]) {
                left.push_back(window[i]);
            } else if (!as_told && is_effect(window[i].act)) {
                left.push_back(window[i]);
                left.back().until = kNever;
                left.back().must = Must::may;
            }
        }
        return left;
    };
    // What may happen or not is no part of a contradiction by itself; only the search needs it.
    if (window.size() <= kMostDoubted) {
        for (std::size_t i = 0; i < window.size(); ++i) {
            if (window[i].operation == failed.operation && window[i].act == failed.act) continue;
            doubted[i] = true;
            doubted[i] = still_refuted(rest(false), from, safety, budget);
        }
    }
    Culprit culprit;
    culprit.operations = rest(true);
    std::erase_if(culprit.operations, [](const CellOperation& op) { return op.until == kNever; });
    culprit.available = available_of(from.state, safety);
    culprit.since = from.at;
    culprit.from_start = from.event == 0;
    return culprit;
}

}  // namespace lastunit::reports::audit
