#include "reports/audit/cell_operations.hpp"

#include <algorithm>

namespace lastunit::reports::audit {

namespace {

struct OfCell {
    CellIndex cell;
    CellOperation operation;
};

class Collector {
   public:
    explicit Collector(const Evidence& evidence) : evidence_(evidence) { of_cells_.reserve(evidence.lines.size() * 2); }

    void hold(const HoldLife& life) {
        const Recorded& op = evidence_.operations[life.hold];
        CellOperation take{op.invoked, life.surely_made ? life.made_by : kNever,
                           life.hold,  0,
                           Act::take,  life.surely_made ? Must::happen : Must::may_if_taken};
        each_line(op, take);
        if (life.back.is == GiveBack::Is::never) return;
        const bool certain = life.back.is == GiveBack::Is::certain;
        const Must must = certain ? Must::happen : life.surely_made ? Must::may : Must::may_if_taken;
        const std::uint32_t by = life.back.by == kNoOperation ? life.hold : life.back.by;
        each_line(op, {std::max(life.back.from, op.invoked), life.back.until, by, 0, Act::give, must});
    }

    void operation(std::uint32_t index) {
        const Recorded& op = evidence_.operations[index];
        if (!op.counts) return;
        switch (op.kind) {
            case OperationKind::allocate:
                effect(index, Act::take, op.unknown() && evidence_.proven_by_order(op.reference));
                break;
            case OperationKind::deallocate:
                effect(index, Act::give);
                break;
            case OperationKind::sell:
                effect(index, Act::sell);
                break;
            case OperationKind::receive:
            case OperationKind::take_return:
                effect(index, Act::stock);
                break;
            case OperationKind::adjust:
                effect(index, Act::count);
                break;
            case OperationKind::read:
                read(index);
                return;
            case OperationKind::hold:
            case OperationKind::extend:
            case OperationKind::release:
            case OperationKind::confirm:
                break;
        }
        // Of several lines nobody knows which was short: a refusal is testimony where there is one alone.
        if (op.answer == OperationAnswer::out_of_stock)
            each_line(op, {op.invoked, op.completed, index, 0, op.lines == 1 ? Act::deny : Act::lack, Must::happen});
    }

    CellHistories sorted() {
        CellHistories histories;
        histories.first.assign(evidence_.cells() + 1, 0);
        for (const OfCell& of : of_cells_) ++histories.first[of.cell + 1];
        for (std::size_t i = 1; i < histories.first.size(); ++i) histories.first[i] += histories.first[i - 1];
        std::vector<std::uint32_t> next(histories.first.begin(), histories.first.end() - 1);
        histories.operations.resize(of_cells_.size());
        for (const OfCell& of : of_cells_) histories.operations[next[of.cell]++] = of.operation;
        for (std::size_t cell = 0; cell < evidence_.cells(); ++cell)
            std::stable_sort(histories.operations.begin() + histories.first[cell],
                             histories.operations.begin() + histories.first[cell + 1],
                             [](const CellOperation& a, const CellOperation& b) { return a.from < b.from; });
        return histories;
    }

   private:
    void effect(std::uint32_t index, Act act, bool proven = false) {
        const Recorded& op = evidence_.operations[index];
        if (op.refused()) return;
        const SimTime until = proven ? *evidence_.orders_read : op.completed;
        each_line(op, {op.invoked, until, index, 0, act, op.applied() || proven ? Must::happen : Must::may});
    }

    // Lines of one cell are one line.
    void each_line(const Recorded& op, CellOperation like) {
        const auto lines = evidence_.lines_of(op);
        const std::size_t begin = of_cells_.size();
        for (const core::Line& line : lines) {
            const CellIndex cell = evidence_.cell(line);
            const auto seen = std::find_if(of_cells_.begin() + static_cast<std::ptrdiff_t>(begin), of_cells_.end(),
                                           [&](const OfCell& of) { return of.cell == cell; });
            if (seen != of_cells_.end()) {
                seen->operation.units += line.quantity;
                continue;
            }
            like.units = line.quantity;
            of_cells_.push_back({cell, like});
        }
    }

    void read(std::uint32_t index) {
        const Recorded& op = evidence_.operations[index];
        if (!op.applied() || evidence_.header.reads() == model::HISTORY_READS_STALE) return;
        const auto lines = evidence_.lines_of(op);
        for (std::size_t i = 0; i < lines.size(); ++i)
            of_cells_.push_back(
                {evidence_.cell(lines[i]),
                 {op.invoked, op.completed, index, evidence_.answers[op.first_answer + i], Act::read, Must::happen}});
    }

    const Evidence& evidence_;
    std::vector<OfCell> of_cells_;
};

}  // namespace

CellHistories cell_histories(const Evidence& evidence, std::span<const HoldLife> holds) {
    Collector collector(evidence);
    for (const HoldLife& life : holds) collector.hold(life);
    for (std::uint32_t i = 0; i < evidence.operations.size(); ++i) collector.operation(i);
    return collector.sorted();
}

}  // namespace lastunit::reports::audit
