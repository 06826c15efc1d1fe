#include "reports/audit/audit.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "reports/audit/attempts.hpp"
#include "reports/audit/balance.hpp"
#include "reports/audit/counts.hpp"
#include "reports/audit/order_book.hpp"
#include "reports/audit/words.hpp"
#include "reports/text.hpp"

namespace lastunit::reports::audit {

namespace {

constexpr const char* kOutOfBudget = "the search for an order was given up; a larger --budget may decide";

class CellAudit {
   public:
    CellAudit(AuditReport& report, const AuditOptions& options, std::span<const HoldLife> holds)
        : report_(report), options_(options), evidence_(report.evidence), histories_(cell_histories(report.evidence, holds)) {
        clipped.assign(evidence_.cells(), 0);
        counted.assign(evidence_.cells(), false);
        counts_added.assign(evidence_.cells(), 0);
    }

    void judge() {
        for (CellIndex cell = 0; cell < evidence_.cells(); ++cell)
            if (!histories_.of(cell).empty()) judge(cell);
        for (const auto& [operation, lines] : surely_there_) {
            const Recorded& op = evidence_.operations[operation];
            if (lines == lines_of(op)) undersold(operation);
        }
        Findings& findings = report_.findings;
        findings.judged(Check::sold_twice, report_.totals.cells);
        findings.judged(Check::undersell, report_.totals.cells);
        findings.judged(Check::linearizability, report_.totals.cells);
        const char* why =
            "cells that were counted while deliveries or sales were under way and whose answers fit into no order that was "
            "found: how many units "
            "is not known";
        findings.undecided(Check::sold_twice, counted_open_, why);
        findings.undecided(Check::undersell, counted_open_, why);
        findings.undecided(Check::linearizability, given_up_, kOutOfBudget);
    }

    std::vector<std::int64_t> clipped;
    std::vector<bool> counted;               // by counts whose effect is not certain
    std::uint64_t open_ends = 0;             // of these: whether their final state fits is not known
    std::vector<std::int64_t> counts_added;  // by counts whose effect is certain, units; negative: taken away

   private:
    void judge(CellIndex cell) {
        std::span<const CellOperation> operations = histories_.of(cell);
        const InitialCell& initial = evidence_.initial[cell];
        const CellState start{initial.on_hand, initial.committed};
        ++report_.totals.cells;
        ResolvedCounts resolved;
        if (std::any_of(operations.begin(), operations.end(), [](const CellOperation& op) { return op.act == Act::count; })) {
            resolved = resolve_counts(operations, start);
            operations = resolved.operations;
            counts_added[cell] = resolved.added - resolved.taken_away;
        }
        CellBounds bounds = cell_bounds(operations, start, initial.safety, resolved.taken_away);
        clipped[cell] = bounds.most_clipped;
        counted[cell] = bounds.counted;
        report_.totals.oversold.low += bounds.oversold.low;
        report_.totals.oversold.high += bounds.oversold.high;
        report_.totals.beyond_record += bounds.beyond_record;
        for (const std::uint32_t operation : bounds.surely_there) ++surely_there_[operation];
        if (bounds.oversold.low > 0)
            report_.findings.add({Check::sold_twice, about(Facts::Form::promised_to_two, cell, bounds.oversold.low),
                                  std::move(bounds.oversold_by), bounds.oversold.low});
        const auto verdict = linearity(cell, operations, start, initial.safety);
        if (bounds.counted) judge_counted(cell, operations, start, verdict);
    }

    // No sum over time says what a count did that other changes overlapped. An order of all answers says it as well: in it no
    // unit is promised to two and none refused that was there, and the back end's final state has to fit behind it.
    void judge_counted(CellIndex cell, std::span<const CellOperation> operations, CellState start,
                       Linearization::Verdict verdict) {
        using Verdict = Linearization::Verdict;
        if (verdict != Verdict::linearizable) ++counted_open_;
        const std::optional<std::int64_t> available = final_available(cell);
        if (verdict != Verdict::linearizable || !available) {
            if (verdict != Verdict::refuted) ++open_ends;
            return;
        }
        std::vector<CellOperation> whole(operations.begin(), operations.end());
        const SimTime read = *evidence_.stock_read;
        whole.push_back({read, read, 0, static_cast<Quantity>(*available), Act::read, Must::happen});
        std::stable_sort(whole.begin(), whole.end(), [](const auto& one, const auto& other) { return one.from < other.from; });
        const std::int64_t safety = evidence_.initial[cell].safety;
        const Linearization found = linearize(whole, start, safety, options_.budget + 30 * whole.size());
        if (found.verdict == Verdict::undecided) ++open_ends;
        if (found.verdict == Verdict::refuted)
            report_.findings.add({Check::conservation, about(Facts::Form::no_order_leaves, cell, *available), {}, 1});
    }

    // As a read would answer: no less than nothing. Absent where the back end does not say it.
    std::optional<std::int64_t> final_available(CellIndex cell) {
        if (finals_.empty())
            for (const model::CellReadBack& read : evidence_.stock) finals_[evidence_.cell({read.node, read.sku, 0})] = &read;
        const auto found = finals_.find(cell);
        if (found == finals_.end() || !evidence_.stock_read) return std::nullopt;
        const model::CellReadBack& read = *found->second;
        std::int64_t available = read.available;
        if (available == model::kNotSaid) {
            if (read.on_hand == model::kNotSaid || read.held == model::kNotSaid || read.allocated == model::kNotSaid)
                return std::nullopt;
            available = read.on_hand - read.held - read.allocated - evidence_.initial[cell].safety;
        }
        return std::max<std::int64_t>(0, available);
    }

    Linearization::Verdict linearity(CellIndex cell, std::span<const CellOperation> operations, CellState start,
                                     std::int64_t safety) {
        const std::uint64_t budget = options_.budget + 30 * operations.size();
        const Linearization found = linearize(operations, start, safety, budget);
        if (found.verdict == Linearization::Verdict::undecided) ++given_up_;
        if (found.verdict != Linearization::Verdict::refuted) return found.verdict;
        const CellOperation& failed = operations[found.failed_at];
        Offence offence{Check::linearizability, {}, {}, failed.units};
        if (report_.findings.wants(Check::linearizability)) {
            const Culprit culprit = culprit_of(operations, start, safety, found.failed_at, budget);
            offence.facts = facts_of(evidence_, cell, culprit, failed);
            for (const CellOperation& op : culprit.operations) offence.operations.push_back(op.operation);
            std::sort(offence.operations.begin(), offence.operations.end());
            offence.operations.erase(std::unique(offence.operations.begin(), offence.operations.end()), offence.operations.end());
        }
        report_.findings.add(std::move(offence));
        return found.verdict;
    }

    std::uint32_t lines_of(const Recorded& op) const {
        std::vector<CellIndex> cells;
        for (const core::Line& line : evidence_.lines_of(op)) cells.push_back(evidence_.cell(line));
        std::sort(cells.begin(), cells.end());
        return static_cast<std::uint32_t>(std::unique(cells.begin(), cells.end()) - cells.begin());
    }
    void undersold(std::uint32_t operation) {
        std::int64_t units = 0;
        for (const core::Line& line : evidence_.lines_of(evidence_.operations[operation])) units += line.quantity;
        report_.totals.undersold += units;
        report_.findings.add({Check::undersell, {.form = Facts::Form::refused_though_there, .units = units}, {operation}, units});
    }
    Facts about(Facts::Form form, CellIndex cell, std::int64_t units) const {
        return {.form = form, .sku = evidence_.sku_name(cell), .node = evidence_.node_name(cell), .units = units};
    }

    AuditReport& report_;
    const AuditOptions& options_;
    const Evidence& evidence_;
    CellHistories histories_;
    std::map<std::uint32_t, std::uint32_t> surely_there_;  // refused operation: cells that surely had it
    std::map<CellIndex, const model::CellReadBack*> finals_;
    std::uint64_t given_up_ = 0;
    std::uint64_t counted_open_ = 0;  // counted cells of which linearizability says nothing either
};

void fill_totals(AuditReport& report, std::span<const CellTotals> cells) {
    AuditTotals& totals = report.totals;
    const Evidence& evidence = report.evidence;
    totals.attempts = evidence.operations.size();
    totals.span_s = (evidence.until - evidence.from).seconds();
    for (const Recorded& op : evidence.operations) {
        if (!op.counts) continue;
        ++totals.operations;
        if (op.unknown()) ++totals.unknown;
    }
    for (CellIndex cell = 0; cell < cells.size(); ++cell) {
        totals.there += evidence.initial[cell].on_hand + cells[cell].stocked.low;
        totals.sold.low += cells[cell].allocated.low + cells[cell].sold.low;
        totals.sold.high += cells[cell].allocated.high + cells[cell].sold.high;
    }
}

AuditReport::Verdict verdict_of(const AuditReport& report) {
    using Verdict = CheckResult::Verdict;
    bool undecided = !report.evidence.torn.empty();
    for (std::size_t i = 0; i < kChecks; ++i) {
        const CheckResult& result = report.findings.of(static_cast<Check>(i));
        if (result.verdict == Verdict::refuted) return AuditReport::Verdict::refuted;
        undecided = undecided || result.verdict == Verdict::undecided;
    }
    return undecided ? AuditReport::Verdict::undecided : AuditReport::Verdict::sound;
}

std::string text_of(const Bounds& bounds) {
    return bounds.low == bounds.high ? grouped(bounds.low) : grouped(bounds.low) + " to " + grouped(bounds.high);
}

}  // namespace

std::string AuditReport::headline() const {
    const std::string sold =
        grouped(totals.operations) + " operations, " + text_of(totals.sold) + " units sold of " + grouped(totals.there);
    if (verdict == Verdict::sound)
        return "SOUND: " + sold +
               (totals.oversold.high == 0
                    ? ", none twice"
                    : ", none surely twice (without an answer: up to " + grouped(totals.oversold.high) + ")");
    if (verdict == Verdict::undecided) return "UNDECIDED: " + sold + ", none twice as far as it could be judged";
    std::string text = "REFUTED: ";
    if (totals.oversold.low > 0)
        text += text_of(totals.oversold) + (totals.oversold.high == 1 ? " unit was" : " units were") + " sold twice; ";
    bool first = true;
    for (std::size_t i = 0; i < kChecks; ++i) {
        const auto check = static_cast<Check>(i);
        const CheckResult& result = findings.of(check);
        if (result.offences == 0 || check == Check::sold_twice) continue;
        text += (first ? "" : ", ") + grouped(result.offences) + " against " + name_of(check);
        first = false;
    }
    return text + (first ? "" : "; ") + sold;
}

AuditReport audit(Evidence evidence, const AuditOptions& options) {
    AuditReport report;
    report.evidence = std::move(evidence);
    join_attempts(report.evidence, report.findings);
    const std::vector<HoldLife> holds = hold_lives(report.evidence, report.findings);
    CellAudit cells(report, options, holds);
    cells.judge();
    std::vector<CellTotals> totals = cell_totals(report.evidence, holds);
    for (CellIndex cell = 0; cell < totals.size(); ++cell) {
        totals[cell].stocked.low += cells.counts_added[cell];
        totals[cell].stocked.high += cells.counts_added[cell];
    }
    judge_conservation(report.evidence, totals, cells.clipped, cells.counted, cells.open_ends, report.findings);
    judge_orders(report.evidence, holds, report.findings);
    fill_totals(report, totals);
    report.verdict = verdict_of(report);
    return report;
}

}  // namespace lastunit::reports::audit
