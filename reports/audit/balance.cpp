#include "reports/audit/balance.hpp"

#include <algorithm>

#include "reports/text.hpp"

namespace lastunit::reports::audit {

namespace {

void add(Bounds& to, std::int64_t low, std::int64_t high) {
    to.low += low;
    to.high += high;
}

// What one state of one cell has to be.
struct Expected {
    const char* state;
    std::int64_t is;
    Bounds bounds;
};

using Form = Facts::Form;

// Operations of the cell that were sent more than once: where a state is off, the first suspects.
std::vector<std::uint32_t> sent_again(const Evidence& evidence, CellIndex cell) {
    std::vector<std::uint32_t> found;
    for (std::uint32_t i = 0; i < evidence.operations.size() && found.size() < 4; ++i) {
        const Recorded& op = evidence.operations[i];
        if (!op.counts || op.attempts < 2 || op.kind == OperationKind::read) continue;
        const auto lines = evidence.lines_of(op);
        if (std::any_of(lines.begin(), lines.end(), [&](const core::Line& line) { return evidence.cell(line) == cell; }))
            found.push_back(i);
    }
    return found;
}

std::vector<Expected> expected_of(const Evidence& evidence, const model::CellReadBack& read, const CellTotals& totals,
                                  std::int64_t clipped, bool counted) {
    const CellIndex cell = evidence.cell({read.node, read.sku, 0});
    const InitialCell& initial = evidence.initial[cell];
    const Bounds allocated{initial.committed + totals.allocated.low, initial.committed + totals.allocated.high};
    const Bounds on_hand{initial.on_hand + totals.stocked.low - totals.sold.high,
                         initial.on_hand + totals.stocked.high - totals.sold.low + clipped};
    const std::int64_t shipped = read.shipped == model::kNotSaid ? 0 : read.shipped;
    std::vector<Expected> all;
    if (read.on_hand != model::kNotSaid && !counted) all.push_back({"on hand or shipped", read.on_hand + shipped, on_hand});
    if (read.held != model::kNotSaid) all.push_back({"held", read.held, totals.held});
    if (read.allocated != model::kNotSaid || read.shipped != model::kNotSaid)
        all.push_back({"allocated or shipped", shipped + (read.allocated == model::kNotSaid ? 0 : read.allocated), allocated});
    if (read.available != model::kNotSaid && !counted) {
        Bounds available{on_hand.low - totals.held.high - allocated.high - initial.safety,
                         on_hand.high - totals.held.low - allocated.low - initial.safety};
        // Many back ends show no less than nothing.
        if (read.available == 0) available.high = std::max<std::int64_t>(available.high, 0);
        all.push_back({"available", read.available, available});
    }
    return all;
}

}  // namespace

std::vector<CellTotals> cell_totals(const Evidence& evidence, std::span<const HoldLife> holds) {
    std::vector<CellTotals> totals(evidence.cells());
    const SimTime read = evidence.stock_read.value_or(kNever);
    for (const HoldLife& life : holds) {
        const bool maybe_confirmed = life.confirm != kNoOperation;
        const bool surely_back = life.back.is == GiveBack::Is::certain && life.back.until < read;
        const bool surely_held = life.surely_made && !maybe_confirmed && life.back.from > read;
        const bool maybe_held = !life.surely_confirmed && !surely_back;
        for (const core::Line& line : evidence.lines_of(evidence.operations[life.hold])) {
            CellTotals& of = totals[evidence.cell(line)];
            add(of.held, surely_held ? line.quantity : 0, maybe_held ? line.quantity : 0);
            add(of.allocated, life.surely_confirmed ? line.quantity : 0, maybe_confirmed ? line.quantity : 0);
        }
    }
    for (const Recorded& op : evidence.operations) {
        if (!op.counts || op.refused()) continue;
        const bool sure = op.applied() || (op.kind == OperationKind::allocate && evidence.proven_by_order(op.reference));
        for (const core::Line& line : evidence.lines_of(op)) {
            CellTotals& of = totals[evidence.cell(line)];
            const std::int64_t low = sure ? line.quantity : 0, high = line.quantity;
            if (op.kind == OperationKind::allocate) add(of.allocated, low, high);
            if (op.kind == OperationKind::deallocate) add(of.allocated, -high, -low);
            if (op.kind == OperationKind::sell) add(of.sold, low, high);
            if (op.kind == OperationKind::receive || op.kind == OperationKind::take_return) add(of.stocked, low, high);
        }
    }
    return totals;
}

void judge_conservation(const Evidence& evidence, std::span<const CellTotals> totals, std::span<const std::int64_t> most_clipped,
                        const std::vector<bool>& counted, std::uint64_t open_ends, Findings& findings) {
    if (!evidence.stock_read) {
        findings.undecided(Check::conservation, 1, "the back end's final stock was not read back");
        return;
    }
    std::vector<bool> seen(evidence.cells(), false);
    std::uint64_t cells = 0;
    for (const model::CellReadBack& read : evidence.stock) {
        const CellIndex cell = evidence.cell({read.node, read.sku, 0});
        seen[cell] = true;
        ++cells;
        for (const Expected& e : expected_of(evidence, read, totals[cell], most_clipped[cell], counted[cell])) {
            if (e.is >= e.bounds.low && e.is <= e.bounds.high) continue;
            const std::int64_t off = e.is < e.bounds.low ? e.bounds.low - e.is : e.is - e.bounds.high;
            const auto suspects = sent_again(evidence, cell);
            findings.add({Check::conservation,
                          {.form = suspects.empty() ? Form::final_state_off : Form::final_state_off_again,
                           .sku = evidence.sku_name(cell),
                           .node = evidence.node_name(cell),
                           .units = e.is,
                           .beside = e.bounds.low,
                           .beside_most = e.bounds.high,
                           .did = e.state},
                          suspects,
                          off});
            const auto doubled = std::find_if(suspects.begin(), suspects.end(), [&](std::uint32_t index) {
                return off > 0 && evidence.lines_of(evidence.operations[index])[0].quantity == off;
            });
            if (doubled != suspects.end())
                findings.add({Check::idempotency,
                              {.form = Form::two_effects_on_stock,
                               .sku = evidence.sku_name(cell),
                               .node = evidence.node_name(cell),
                               .units = off},
                              {*doubled},
                              off});
            break;
        }
    }
    findings.judged(Check::conservation, cells);
    findings.undecided(Check::conservation, open_ends, "a count changed on_hand by an amount that nobody recorded");
    std::uint64_t unread = 0;
    for (CellIndex cell = 0; cell < evidence.cells(); ++cell) {
        const CellTotals& of = totals[cell];
        if (!seen[cell] && (of.stocked.high != 0 || of.sold.high != 0 || of.held.high != 0 || of.allocated.high != 0)) ++unread;
    }
    findings.undecided(Check::conservation, unread, "cells were touched whose final stock was not read back");
}

}  // namespace lastunit::reports::audit
