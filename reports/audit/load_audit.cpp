#include "reports/audit/load_audit.hpp"

#include <algorithm>

#include "reports/audit/story.hpp"
#include "reports/audit/words.hpp"
#include "reports/text.hpp"

namespace lastunit::reports::audit {
namespace {

constexpr std::size_t kMostLines = 12;  // of one story

// What a shop would ask about first.
constexpr std::array<Check, kChecks> kTelling = {Check::sold_twice, Check::linearizability, Check::orders,   Check::idempotency,
                                                 Check::holds,      Check::conservation,    Check::undersell};

const char* verdict_text(AuditReport::Verdict verdict) {
    if (verdict == AuditReport::Verdict::sound) return "sound";
    return verdict == AuditReport::Verdict::refuted ? "refuted" : "undecided";
}

const char* verdict_text(CheckResult::Verdict verdict) {
    if (verdict == CheckResult::Verdict::holds) return "sound";
    return verdict == CheckResult::Verdict::refuted ? "refuted" : "undecided";
}

std::string text_of(Check check, const CheckResult& result) {
    std::string text = std::string(meaning_of(check)) + ": " + grouped(result.judged) + " judged";
    if (result.offences > 0) text += ", " + counted(result.offences, "offence");
    if (result.undecided > 0) text += ", " + grouped(result.undecided) + " undecided: " + result.why;
    return text;
}

// The n-th offence of a check; null where so many are not told.
const Offence* offence_of(const Findings& findings, Check check, std::size_t n) {
    for (const Offence& offence : findings.offences())
        if (offence.check == check && n-- == 0) return &offence;
    return nullptr;
}

model::LoadStoryFacts facts_of(const Facts& from) {
    model::LoadStoryFacts out;
    out.set_form(name_of(from.form));
    out.set_sku(from.sku), out.set_node(from.node), out.set_order(from.order);
    for (const std::uint32_t process : from.processes) out.add_processes(process);
    out.set_units(from.units), out.set_beside(from.beside), out.set_beside_most(from.beside_most);
    out.set_did(from.did), out.set_did_then(from.did_then);
    if (from.available) out.set_available(*from.available), out.set_available_s(from.available_s);
    return out;
}

// What `words` say of it.
void add_parts(const Evidence& evidence, const Recorded& op, model::LoadStoryOperation& to) {
    if (op.channel.value < evidence.header.channels_size()) to.set_channel(evidence.header.channels(op.channel.value));
    std::size_t answer = op.first_answer;
    for (const core::Line& line : evidence.lines_of(op)) {
        const CellIndex cell = evidence.cell(line);
        model::LoadStoryLine& out = *to.add_lines();
        out.set_sku(evidence.sku_name(cell)), out.set_node(evidence.node_name(cell)), out.set_units(line.quantity);
        if (op.kind == OperationKind::read && op.applied()) out.set_available(evidence.answers[answer++]);
    }
    to.set_reference(op.reference), to.set_order(op.order), to.set_attempts(op.attempts);
    if (op.kind == OperationKind::hold || op.kind == OperationKind::extend) to.set_ttl_s(op.ttl.seconds());
}

model::LoadStory parts_of(const Evidence& evidence, const Offence& offence, std::uint64_t left_out) {
    model::LoadStory out;
    out.set_check(name_of(offence.check)), out.set_sentence(offence.sentence), out.set_left_out(left_out);
    const std::size_t shown = offence.operations.size() - left_out;
    for (std::size_t i = 0; i < shown; ++i) {
        const Recorded& op = evidence.operations[offence.operations[i]];
        model::LoadStoryOperation& to = *out.add_operations();
        to.set_invoked_s((op.invoked - evidence.from).seconds());
        to.set_answered_s(op.completed == kNever ? -1 : (op.completed - evidence.from).seconds());
        to.set_process(op.process);
        to.set_kind(name_of(op.kind)), to.set_answer(name_of(op.answer)), to.set_words(words_of(evidence, op));
        add_parts(evidence, op, to);
    }
    *out.mutable_facts() = facts_of(offence.facts);
    return out;
}

void add_story(const Evidence& evidence, const Offence& offence, model::LoadAudit& out) {
    const Story story = story_of(evidence, offence, kMostLines);
    out.add_stories(audit::text_of(story));
    *out.add_told() = parts_of(evidence, offence, story.left_out);
}

void add_stories(const AuditReport& report, model::LoadAudit& out) {
    for (std::size_t n = 0; n < kStoriesOfRecord; ++n)
        for (const Check check : kTelling) {
            if (static_cast<std::size_t>(out.stories_size()) == kStoriesOfRecord) return;
            if (const Offence* offence = offence_of(report.findings, check, n)) add_story(report.evidence, *offence, out);
        }
}

}  // namespace

model::LoadAudit load_audit(const AuditReport& report) {
    model::LoadAudit out;
    out.set_verdict(verdict_text(report.verdict));
    out.set_headline(report.headline());
    out.set_operations(report.totals.operations);
    out.set_sold_low(report.totals.sold.low), out.set_sold_high(report.totals.sold.high);
    out.set_oversold_low(report.totals.oversold.low), out.set_oversold_high(report.totals.oversold.high);
    out.set_undersold(report.totals.undersold);
    for (std::size_t i = 0; i < kChecks; ++i) {
        const auto check = static_cast<Check>(i);
        const CheckResult& result = report.findings.of(check);
        model::LoadAuditCheck& to = *out.add_checks();
        to.set_name(name_of(check)), to.set_verdict(verdict_text(result.verdict)), to.set_text(text_of(check, result));
    }
    add_stories(report, out);
    return out;
}

}  // namespace lastunit::reports::audit
