#include "reports/audit/order_book.hpp"

#include <algorithm>

#include "reports/text.hpp"

namespace lastunit::reports::audit {

namespace {

struct Entry {
    std::uint64_t order;
    CellIndex cell;
    std::uint32_t operation;  // kNoOperation: the back end's own word
    std::int64_t low, high;
};

class Book {
   public:
    Book(const Evidence& evidence, Findings& findings) : evidence_(evidence), findings_(findings) {}

    void promise(std::uint64_t order, std::uint32_t operation, std::span<const core::Line> lines, std::int64_t low,
                 std::int64_t high) {
        for (const core::Line& line : lines)
            entries_.push_back({order, evidence_.cell(line), operation, low * line.quantity, high * line.quantity});
    }

    void judge() {
        std::sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
            if (a.order != b.order) return a.order < b.order;
            return a.cell != b.cell ? a.cell < b.cell : a.operation < b.operation;
        });
        std::uint64_t orders = 0;
        for (std::size_t from = 0, to = 0; from < entries_.size(); from = to) {
            while (to < entries_.size() && entries_[to].order == entries_[from].order && entries_[to].cell == entries_[from].cell)
                ++to;
            if (from == 0 || entries_[from - 1].order != entries_[from].order) ++orders;
            judge(std::span(entries_).subspan(from, to - from));
        }
        findings_.judged(Check::orders, orders);
    }

   private:
    void judge(std::span<const Entry> of) {
        std::int64_t low = 0, high = 0, is = 0;
        std::vector<std::uint32_t> operations;
        bool again = false;
        for (const Entry& entry : of) {
            if (entry.operation == kNoOperation) {
                is += entry.high;
                continue;
            }
            low += entry.low;
            high += entry.high;
            again = again || evidence_.operations[entry.operation].attempts > 1;
            operations.push_back(entry.operation);
        }
        if (is >= low && is <= high) return;
        using Form = Facts::Form;
        const auto what = [&](Form form, std::int64_t units, std::int64_t beside) {
            return Facts{.form = form,
                         .sku = evidence_.sku_name(of[0].cell),
                         .node = evidence_.node_name(of[0].cell),
                         .units = units,
                         .beside = beside,
                         .order = of[0].order};
        };
        if (is < low)
            return findings_.add(
                {Check::orders, what(is == 0 ? Form::order_lost : Form::order_cut, low, is), operations, low - is});
        findings_.add(
            {Check::orders, what(high == 0 ? Form::order_of_nobody : Form::order_beyond_asked, is, high), operations, is - high});
        if (again) findings_.add({Check::idempotency, what(Form::two_effects_on_order, is, high), operations, is - high});
    }

    const Evidence& evidence_;
    Findings& findings_;
    std::vector<Entry> entries_;
};

}  // namespace

void judge_orders(const Evidence& evidence, std::span<const HoldLife> holds, Findings& findings) {
    if (!evidence.orders_read) {
        findings.undecided(Check::orders, 1, "the back end's orders were not read back");
        return;
    }
    Book book(evidence, findings);
    for (const HoldLife& life : holds)
        if (life.confirm != kNoOperation)
            book.promise(evidence.operations[life.confirm].order, life.confirm, evidence.lines_of(evidence.operations[life.hold]),
                         life.surely_confirmed ? 1 : 0, 1);
    for (std::uint32_t i = 0; i < evidence.operations.size(); ++i) {
        const Recorded& op = evidence.operations[i];
        if (!op.counts || op.refused()) continue;
        const std::int64_t sure = op.applied() ? 1 : 0;
        if (op.kind == OperationKind::allocate) book.promise(op.reference, i, evidence.lines_of(op), sure, 1);
        if (op.kind == OperationKind::deallocate) book.promise(op.reference, i, evidence.lines_of(op), -1, -sure);
    }
    for (const FinalOrder& order : evidence.orders) book.promise(order.order, kNoOperation, evidence.lines_of(order), 1, 1);
    book.judge();
}

}  // namespace lastunit::reports::audit
