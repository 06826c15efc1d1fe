#include "reports/audit/audit_terminal.hpp"

#include "reports/audit/story.hpp"
#include "reports/terminal_canvas.hpp"
#include "reports/text.hpp"

namespace lastunit::reports::audit {

namespace {

using Verdict = CheckResult::Verdict;

constexpr std::size_t kMostLines = 12;   // of one story
constexpr std::size_t kMostStories = 3;  // of one check

Tone tone_of(AuditReport::Verdict verdict) {
    if (verdict == AuditReport::Verdict::sound) return Tone::good;
    return verdict == AuditReport::Verdict::refuted ? Tone::bad : Tone::warning;
}

std::string text_of(const Bounds& bounds) {
    return bounds.low == bounds.high ? grouped(bounds.low) : grouped(bounds.low) + " to " + grouped(bounds.high);
}

void header(const AuditReport& report, Canvas& canvas) {
    const auto& h = report.evidence.header;
    canvas.wrapped({{report.headline(), tone_of(report.verdict)}});
    std::string identity =
        h.target() + ", scenario " + h.scenario() + ", design " + h.design() + ", seed " + std::to_string(h.seed());
    canvas.line(std::vector<Cell>{{clip(canvas.name(identity), canvas.width()), Tone::faint}});
    if (!report.evidence.torn.empty()) canvas.wrapped({{canvas.name(report.evidence.torn), Tone::warning}});
}

void figures(const AuditReport& report, Canvas& canvas) {
    const AuditTotals& t = report.totals;
    canvas.figures({{"operations", grouped(t.operations)},
                    {"attempts", grouped(t.attempts)},
                    {"without an answer", grouped(t.unknown)},
                    {"units sold", text_of(t.sold)},
                    {"sold twice", text_of(t.oversold)},
                    {"refused, yet there", grouped(t.undersold)},
                    {"sold beyond record", grouped(t.beyond_record)},
                    {"cells", grouped(t.cells)},
                    {"time", span(t.span_s)}});
}

void checks(const AuditReport& report, Canvas& canvas) {
    canvas.heading("Checks");
    std::vector<std::vector<Cell>> rows;
    for (std::size_t i = 0; i < kChecks; ++i) {
        const auto check = static_cast<Check>(i);
        const CheckResult& result = report.findings.of(check);
        const bool refuted = result.verdict == Verdict::refuted, undecided = result.verdict == Verdict::undecided;
        rows.push_back({{name_of(check)},
                        {refuted     ? "refuted"
                         : undecided ? "undecided"
                                     : "holds",
                         refuted     ? Tone::bad
                         : undecided ? Tone::warning
                                     : Tone::good},
                        {grouped(result.judged)},
                        {grouped(result.offences)},
                        {grouped(result.undecided)},
                        {meaning_of(check), Tone::faint}});
    }
    canvas.table({{"check", Align::left},
                  {"", Align::left},
                  {"judged"},
                  {"offences"},
                  {"undecided"},
                  {"means", Align::left, Need::if_room}},
                 std::move(rows));
    for (std::size_t i = 0; i < kChecks; ++i) {
        const CheckResult& result = report.findings.of(static_cast<Check>(i));
        if (result.undecided > 0)
            canvas.wrapped({{"  " + std::string(name_of(static_cast<Check>(i))) + ": " + grouped(result.undecided) +
                                 " undecided: " + result.why,
                             Tone::warning}});
    }
}

void tell(const Story& story, Canvas& canvas) {
    canvas.wrapped({{canvas.name(story.sentence), Tone::strong}});
    for (const Story::Line& line : story.lines)
        canvas.line(std::vector<Cell>{{"  " + line.when + "  ", Tone::faint}, {canvas.name(line.what)}});
    if (story.left_out > 0) canvas.line(std::vector<Cell>{{"  and " + grouped(story.left_out) + " more", Tone::faint}});
}

void stories(const AuditReport& report, Canvas& canvas) {
    for (std::size_t i = 0; i < kChecks; ++i) {
        const auto check = static_cast<Check>(i);
        const std::uint64_t all = report.findings.of(check).offences;
        if (all == 0) continue;
        canvas.heading(name_of(check),
                       all > kMostStories ? "the first " + grouped(std::uint64_t{kMostStories}) + " of " + grouped(all) : "");
        std::size_t told = 0;
        for (const Offence& offence : report.findings.offences())
            if (offence.check == check && told++ < kMostStories) tell(story_of(report.evidence, offence, kMostLines), canvas);
    }
}

}  // namespace

std::string audit_text(const AuditReport& report, const TerminalStyle& style) {
    Canvas canvas(style);
    header(report, canvas);
    figures(report, canvas);
    checks(report, canvas);
    stories(report, canvas);
    return canvas.take();
}

}  // namespace lastunit::reports::audit
