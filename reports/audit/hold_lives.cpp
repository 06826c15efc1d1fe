#include "reports/audit/hold_lives.hpp"

#include <algorithm>

#include "reports/text.hpp"

namespace lastunit::reports::audit {

namespace {

SimTime later(SimTime time, Duration span) { return time == kNever ? kNever : time + span; }

using Form = Facts::Form;

struct Window {
    SimTime from, until;
};

// Everything that was asked about one hold.
class OneHold {
   public:
    OneHold(const Evidence& evidence, std::span<const std::uint32_t> indices, Findings& findings)
        : evidence_(evidence), findings_(findings) {
        for (const std::uint32_t index : indices) {
            const Recorded& op = evidence.operations[index];
            if (op.kind == OperationKind::hold)
                holds_.push_back(index);
            else if (op.kind == OperationKind::extend)
                extends_.push_back(index);
            else
                ends_.push_back(index);
        }
    }

    HoldLife life() {
        choose_hold();
        expiry_ = expiry_window();
        judge_ends();
        judge_denials();
        if (life_.hold != kNoOperation) {
            choose_confirm();
            life_.back = give_back();
        }
        return life_;
    }

   private:
    const Recorded& op(std::uint32_t index) const { return evidence_.operations[index]; }
    void offend(Facts facts, std::vector<std::uint32_t> operations) {
        std::sort(operations.begin(), operations.end());
        std::int64_t units = 0;
        if (life_.hold != kNoOperation)
            for (const core::Line& line : evidence_.lines_of(op(life_.hold))) units += line.quantity;
        findings_.add({Check::holds, std::move(facts), std::move(operations), units});
    }

    void choose_hold() {
        std::vector<std::uint32_t> applied;
        for (const std::uint32_t index : holds_)
            if (op(index).applied()) applied.push_back(index);
        for (const std::uint32_t index : holds_)
            if (applied.empty() && op(index).unknown() && life_.hold == kNoOperation) life_.hold = index;
        if (!applied.empty()) {
            life_.hold = applied.front();
            life_.made_by = op(life_.hold).completed;
            life_.surely_made = true;
        }
        if (applied.size() > 1) offend({.form = Form::hold_made_twice}, {applied[0], applied[1]});
        // What was done with a hold proves that there was one.
        for (const auto* of : {&extends_, &ends_})
            for (const std::uint32_t index : *of)
                if (life_.hold != kNoOperation && op(index).applied()) {
                    life_.surely_made = true;
                    life_.made_by = std::min(life_.made_by, op(index).completed);
                }
    }

    // When its time runs out, whichever extension counts last.
    Window expiry_window() const {
        if (life_.hold == kNoOperation) return {kNever, kNever};
        const Duration early{evidence_.header.expiry_early_us()}, late{evidence_.header.expiry_late_us()};
        Window window{op(life_.hold).invoked + op(life_.hold).ttl - early,
                      later(later(life_.surely_made ? life_.made_by : kNever, op(life_.hold).ttl), late)};
        std::uint32_t last = kNoOperation;
        for (const std::uint32_t index : extends_)
            if (op(index).applied() && (last == kNoOperation || op(index).invoked > op(last).invoked)) last = index;
        if (last != kNoOperation) {
            window = {kNever, SimTime{INT64_MIN}};
            for (const std::uint32_t index : extends_) {
                if (!op(index).applied() || op(index).completed < op(last).invoked) continue;
                window.from = std::min(window.from, op(index).invoked + op(index).ttl - early);
                window.until = std::max(window.until, op(index).completed + op(index).ttl + late);
            }
        }
        for (const std::uint32_t index : extends_) {
            if (!op(index).unknown()) continue;
            window.from = std::min(window.from, op(index).invoked + op(index).ttl - early);
            window.until = kNever;
        }
        return window;
    }

    void judge_ends() {
        std::vector<std::uint32_t> ended;
        for (const std::uint32_t index : ends_)
            if (op(index).applied()) ended.push_back(index);
        for (const auto* of : {&extends_, &ended})
            for (const std::uint32_t index : *of)
                if (op(index).applied() && (life_.hold == kNoOperation || op(index).completed < op(life_.hold).invoked)) {
                    offend({.form = Form::unmade_hold_ended, .did = past(index)}, {index});
                    return;
                }
        if (ended.size() > 1)
            offend({.form = Form::hold_ended_twice, .did = past(ended[0]), .did_then = past(ended[1])},
                   {life_.hold, ended[0], ended[1]});
        if (life_.hold == kNoOperation || ended.empty()) return;
        if (op(ended[0]).invoked > expiry_.until)
            offend({.form = Form::hold_ended_late, .did = past(ended[0])}, with_extends({life_.hold, ended[0]}));
        for (const std::uint32_t index : extends_)
            if (op(index).applied() && op(index).invoked > op(ended[0]).completed)
                offend({.form = Form::extended_after_end, .did = past(ended[0])}, {life_.hold, ended[0], index});
    }

    // Refusals for a reason that cannot have been true.
    void judge_denials() {
        if (life_.hold == kNoOperation || !op(life_.hold).applied()) return;
        for (const auto* of : {&extends_, &ends_})
            for (const std::uint32_t index : *of) {
                const Recorded& asked = op(index);
                if (!asked.refused() || asked.invoked < op(life_.hold).completed) continue;
                if (asked.answer == OperationAnswer::hold_expired && asked.completed < expiry_.from)
                    offend({.form = Form::called_expired_early}, with_extends({life_.hold, index}));
                const bool denied = asked.answer == OperationAnswer::unknown_hold || asked.answer == OperationAnswer::hold_ended;
                const bool maybe_gone =
                    asked.completed >= expiry_.from || std::any_of(ends_.begin(), ends_.end(), [&](std::uint32_t end) {
                        return end != index && !op(end).refused() && op(end).invoked <= asked.completed;
                    });
                if (denied && !maybe_gone) offend({.form = Form::living_hold_not_found}, {life_.hold, index});
            }
    }

    void choose_confirm() {
        for (const std::uint32_t index : ends_) {
            if (op(index).kind != OperationKind::confirm || op(index).refused()) continue;
            if (life_.confirm == kNoOperation || (op(index).applied() && !op(life_.confirm).applied())) life_.confirm = index;
        }
        if (life_.confirm == kNoOperation) return;
        life_.surely_confirmed = op(life_.confirm).applied();
        if (life_.surely_confirmed || !evidence_.proven_by_order(op(life_.confirm).order)) return;
        life_.surely_confirmed = true;
        life_.surely_made = true;
        life_.made_by = std::min(life_.made_by, *evidence_.orders_read);
    }

    GiveBack give_back() const {
        SimTime from = expiry_.from, until = expiry_.until;
        for (const std::uint32_t index : ends_) {
            if (op(index).kind != OperationKind::release || op(index).refused()) continue;
            if (op(index).applied()) return {GiveBack::Is::certain, op(index).invoked, op(index).completed, index};
            from = std::min(from, op(index).invoked);
        }
        if (life_.surely_confirmed) return {};
        const bool possible = life_.confirm != kNoOperation || !life_.surely_made || until == kNever;
        return {possible ? GiveBack::Is::possible : GiveBack::Is::certain, from, until, kNoOperation};
    }

    std::string past(std::uint32_t index) const {
        if (op(index).kind == OperationKind::extend) return "extended";
        return op(index).kind == OperationKind::confirm ? "confirmed" : "released";
    }
    std::vector<std::uint32_t> with_extends(std::vector<std::uint32_t> operations) const {
        for (const std::uint32_t index : extends_)
            if (!op(index).refused()) operations.push_back(index);
        std::sort(operations.begin(), operations.end());
        operations.erase(std::unique(operations.begin(), operations.end()), operations.end());
        return operations;
    }

    const Evidence& evidence_;
    Findings& findings_;
    std::vector<std::uint32_t> holds_, extends_, ends_;
    HoldLife life_;
    Window expiry_;
};

}  // namespace

std::vector<HoldLife> hold_lives(const Evidence& evidence, Findings& findings) {
    struct Asked {
        std::uint64_t hold;
        std::uint32_t index;
    };
    std::vector<Asked> asked;
    for (std::uint32_t i = 0; i < evidence.operations.size(); ++i) {
        const Recorded& op = evidence.operations[i];
        if (op.counts && op.kind <= OperationKind::confirm) asked.push_back({op.reference, i});
    }
    std::sort(asked.begin(), asked.end(),
              [](const Asked& a, const Asked& b) { return a.hold != b.hold ? a.hold < b.hold : a.index < b.index; });
    std::vector<HoldLife> lives;
    std::vector<std::uint32_t> indices;
    std::uint64_t holds = 0;
    for (std::size_t from = 0, to = 0; from < asked.size(); from = to, ++holds) {
        indices.clear();
        for (; to < asked.size() && asked[to].hold == asked[from].hold; ++to) indices.push_back(asked[to].index);
        const HoldLife life = OneHold(evidence, indices, findings).life();
        if (life.hold != kNoOperation) lives.push_back(life);
    }
    findings.judged(Check::holds, holds);
    return lives;
}

}  // namespace lastunit::reports::audit
