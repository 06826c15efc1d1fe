// The live run in the terminal's summary.
#include <algorithm>

#include "reports/load/latency.hpp"
#include "reports/load/terminal_over_time.hpp"
#include "reports/load/terminal_shop.hpp"
#include "reports/load/words.hpp"
#include "reports/terminal_sections.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

using model::LoadReport;

constexpr std::size_t kMostReasons = 4;
constexpr std::size_t kMostRefusals = 6;

void validity(const LoadReport& load, Canvas& canvas) {
    if (is_valid(load)) {
        canvas.wrapped(std::vector<Cell>{{"  VALID", Tone::good}, {": every operation was sent when the schedule had it"}});
        return;
    }
    const auto reasons = static_cast<std::size_t>(load.invalid_size());
    for (std::size_t i = 0; i < std::min(reasons, kMostReasons); ++i)
        canvas.wrapped(std::vector<Cell>{{"  INVALID: ", Tone::bad}, {canvas.name(load.invalid(static_cast<int>(i)))}});
    if (reasons > kMostReasons) canvas.line("  and " + counted(reasons - kMostReasons, "further reason"));
}

void figures(const LoadReport& load, Canvas& canvas) {
    std::vector<Figure> figures = {
        {"rate intended", rate_text(load.rate_intended())},
        {"held", rate_text(load.rate_held())},
        {"busiest second", rate_text(load.rate_intended_peak())},
        {"operations", grouped(load.intended())},
        {"applied", grouped(load.applied())},
        {"refused", grouped(load.refused())},
        {"attempts", grouped(load.attempts())},
        {"overloaded", grouped(load.overloaded())},
        {"unanswered", grouped(load.no_answer())},
        {"unknown in the end", grouped(load.unknown())},
        {"in flight, peak", grouped(load.in_flight_peak())},
        {"time", span(load.span_s())},
    };
    if (load.shards() > 1) {
        const bool one = load.shard() > 0;
        figures.push_back(
            {one ? "shard" : "generators", one ? std::to_string(load.shard()) + " of " + std::to_string(load.shards())
                                               : grouped(std::uint64_t{load.shards()})});
    }
    if (load.dispatch_capacity() > 0) figures.push_back({"generator could", rate_text(load.dispatch_capacity())});
    canvas.figures(figures);
}

void latencies(const LoadReport& load, Canvas& canvas) {
    std::vector<std::vector<Cell>> rows;
    for (const LatencyRow& row : latency_rows(load)) {
        const auto& h = *row.histogram;
        rows.push_back({{row.name},
                        {quantile_text(h, 0.5)},
                        {quantile_text(h, 0.9)},
                        {quantile_text(h, 0.99)},
                        {quantile_text(h, 0.999)},
                        {quantile_text(h, 1)},
                        {row.meaning, Tone::faint}});
    }
    canvas.line();
    canvas.table({{"", Align::left}, {"p50"}, {"p90"}, {"p99"}, {"p99.9"}, {"max"}, {"", Align::left, Need::if_room}},
                 std::move(rows));
    if (const auto hidden = hidden_by_service_time(load)) canvas.wrapped({{"  " + *hidden, Tone::warning}});
}

void answers(const LoadReport& load, Canvas& canvas) {
    const std::vector<RefusalRow> rows = refusals_of(load);
    std::string text;
    for (std::size_t i = 0; i < std::min(rows.size(), kMostRefusals); ++i)
        text += (i == 0 ? "" : ", ") + canvas.name(rows[i].outcome) + " " + grouped(rows[i].count);
    if (rows.size() > kMostRefusals) text += ", and " + counted(rows.size() - kMostRefusals, "other reason");
    if (!text.empty() || load.unknown() + load.beyond_record() + load.refused_with_record() > 0) canvas.line();
    if (!text.empty()) canvas.wrapped(std::vector<Cell>{{"  refused  ", Tone::faint}, {text}});
    if (const auto left_out = baskets_left_out_text(load)) canvas.wrapped({{"  " + *left_out, Tone::warning}});
    if (const auto unknown = unknown_text(load)) canvas.wrapped({{"  " + *unknown, Tone::warning}});
    if (const auto differ = disagreement_text(load)) canvas.wrapped({{"  " + *differ, Tone::faint}});
}

void load_faults(const LoadReport& load, Canvas& canvas) {
    if (load.faults().empty()) return;
    canvas.heading("Faults under load", "on the clock, from the first operation");
    std::vector<std::vector<Cell>> rows;
    for (const auto& fault : load.faults()) {
        const bool done = fault.left_out().empty();
        rows.push_back({{canvas.name(fault.name())},
                        {canvas.name(fault.kind()), Tone::faint},
                        {done ? window_text(fault.from_s(), fault.until_s()) : "-"},
                        {done ? canvas.name(fault.done()) : "left out: " + canvas.name(fault.left_out()),
                         done ? Tone::plain : Tone::warning}});
    }
    canvas.table({{"fault", Align::left}, {"kind", Align::left, Need::if_room}, {"when", Align::left}, {"", Align::left}},
                 std::move(rows));
}

Tone tone_of(const std::string& verdict) {
    return verdict == "sound" ? Tone::good : verdict == "refuted" ? Tone::bad : Tone::warning;
}

void audit(const LoadReport& load, Canvas& canvas) {
    if (!load.has_audit()) return;
    const auto& audit = load.audit();
    canvas.heading("Audit",
                   audit.history().empty() ? "of the recorded history, which was not kept" : canvas.name(audit.history()));
    canvas.wrapped({{"  " + canvas.name(audit.headline()), tone_of(audit.verdict())}});
    for (const auto& check : audit.checks())
        if (check.verdict() != "sound")
            canvas.wrapped(std::vector<Cell>{
                {"  " + canvas.name(check.name()) + " " + canvas.name(check.verdict()), tone_of(check.verdict())},
                {"  " + canvas.name(check.text()), Tone::faint}});
    if (audit.stories().empty()) return;
    canvas.line();
    const std::string& story = audit.stories(0);
    for (std::size_t at = 0; at <= story.size();) {
        const std::size_t end = std::min(story.find('\n', at), story.size());
        const std::string line = canvas.name(story.substr(at, end - at));
        canvas.wrapped({{"  " + line, at == 0 ? Tone::strong : Tone::plain}});
        at = end + 1;
    }
    if (audit.stories_size() > 1)
        canvas.line(std::vector<Cell>{
            {"  and " + std::to_string(audit.stories_size() - 1) + " more in the page and the JSON", Tone::faint}});
}

void prediction(const LoadReport& load, Canvas& canvas) {
    if (!load.has_prediction()) return;
    canvas.heading("Predicted", "by the simulation of the same schedule, with service times measured at low load");
    std::vector<std::vector<Cell>> rows;
    for (const auto& figure : load.prediction().figures())
        rows.push_back({{canvas.name(figure.name())},
                        {predicted_text(figure, figure.predicted())},
                        {predicted_text(figure, figure.measured())},
                        {gap_text(figure)}});
    canvas.table({{"", Align::left}, {"predicted"}, {"measured"}, {"gap"}}, std::move(rows));
}

}  // namespace

void live_run(const model::RunRecord& record, Canvas& canvas) {
    if (!record.has_load()) return;
    const LoadReport& load = record.load();
    canvas.heading("Live run", canvas.name(target_text(load)) + ", at " + speed_text(load.speed()));
    validity(load, canvas);
    figures(load, canvas);
    latencies(load, canvas);
    answers(load, canvas);
    shop_steps(load, canvas);
    load_over_time(load, canvas);
    load_faults(load, canvas);
    audit(load, canvas);
    shop_books(load, canvas);
    prediction(load, canvas);
}

}  // namespace lastunit::reports
