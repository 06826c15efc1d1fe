#include "reports/audit/linearize_plan.hpp"

namespace lastunit::reports::audit {

LinearizePlan::LinearizePlan(std::span<const CellOperation> operations, CellState start) {
    std::vector<Event> ends;
    events.reserve(operations.size() * 2);
    for (std::uint32_t i = 0; i < operations.size(); ++i)
        if (operations[i].until != kNever) ends.push_back({operations[i].until, i, true});
    const auto earlier = [](const Event& a, const Event& b) { return a.at != b.at ? a.at < b.at : a.operation < b.operation; };
    std::sort(ends.begin(), ends.end(), earlier);
    // At one instant beginnings come before ends: what met in a microsecond may have happened in either order.
    std::size_t end = 0;
    for (std::uint32_t i = 0; i < operations.size(); ++i) {
        for (; end < ends.size() && ends[end].at < operations[i].from; ++end) events.push_back(ends[end]);
        events.push_back({operations[i].from, i, false});
    }
    events.insert(events.end(), ends.begin() + static_cast<std::ptrdiff_t>(end), ends.end());
    place_all(operations);
    find_whether_it_commutes(operations, start);
}

void LinearizePlan::place_all(std::span<const CellOperation> operations) {
    place.resize(operations.size());
    std::vector<std::uint32_t> free;
    for (const Event& event : events) {
        if (event.is_end) {
            free.push_back(place[event.operation]);
        } else if (operations[event.operation].until == kNever) {
            place[event.operation] = class_of(operations[event.operation]);
        } else if (free.empty()) {
            place[event.operation] = static_cast<std::uint32_t>(slots++);
        } else {
            place[event.operation] = free.back();
            free.pop_back();
        }
    }
    for (Unknowns& of : unknowns) {
        if (of.must != Must::may_if_taken || of.act != Act::give) continue;
        for (std::size_t k = 0; k < unknowns.size(); ++k)
            if (unknowns[k].act == Act::take && unknowns[k].must == Must::may_if_taken && unknowns[k].units == of.units)
                of.taken_in = static_cast<std::int32_t>(k);
    }
}

std::uint32_t LinearizePlan::class_of(const CellOperation& op) {
    for (std::size_t k = 0; k < unknowns.size(); ++k)
        if (unknowns[k].act == op.act && unknowns[k].must == op.must && unknowns[k].units == op.units)
            return static_cast<std::uint32_t>(k);
    unknowns.push_back({op.act, op.must, op.units, -1});
    return static_cast<std::uint32_t>(unknowns.size() - 1);
}

void LinearizePlan::find_whether_it_commutes(std::span<const CellOperation> operations, CellState start) {
    std::int64_t least_on_hand = start.on_hand;
    for (const Event& event : events) {
        const CellOperation& op = operations[event.operation];
        if (op.act == Act::count) commutes = false;
        if (op.act == Act::stock && event.is_end && op.must == Must::happen) least_on_hand += op.units;
        if (op.act == Act::sell && !event.is_end) least_on_hand -= op.units;
        if (op.act == Act::sell && least_on_hand < 0) commutes = false;
    }
}

}  // namespace lastunit::reports::audit
