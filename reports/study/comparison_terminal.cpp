#include <algorithm>
#include <cmath>

#include "reports/gates.hpp"
#include "reports/study/comparison_reports.hpp"
#include "reports/study/comparison_text.hpp"
#include "reports/study/kpi_table.hpp"
#include "reports/study/kpi_text.hpp"
#include "reports/study/priorities.hpp"
#include "reports/terminal_canvas.hpp"
#include "reports/terminal_whisker.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

constexpr std::size_t kPicture = 15;  // columns

Tone tone_of(Finding finding) {
    return finding == Finding::better ? Tone::good : finding == Finding::worse ? Tone::bad : Tone::plain;
}

void sentences(const StudyComparison& study, Canvas& canvas) {
    canvas.line();
    for (const Sentence& one : headline(study)) canvas.wrapped({{canvas.name(one.text), tone_of(one.finding)}});
}

// All arms and KPIs at a glance; what is shown is coloured, what is not stands in brackets.
void overview(const StudyComparison& study, Canvas& canvas) {
    if (study.arms.size() < 3) return;
    std::vector<TableColumn> columns = {{"", Align::left}};
    for (const std::string& arm : study.arms) columns.push_back({canvas.name(arm)});
    std::vector<std::vector<Cell>> rows;
    for (const ComparedKpi& kpi : study.kpis) {
        auto& row = rows.emplace_back();
        row.push_back({kpi_label(kpi.path)});
        for (const ComparedKpi::Arm& arm : kpi.arms) {
            if (!arm.against) {
                row.push_back({mean_text(kpi.path, arm.mean.value), Tone::faint});
                continue;
            }
            const std::string text = arm.against->ratio ? relative_text(arm.against->ratio->value)
                                                        : difference_text(kpi.path, arm.against->interval.value);
            const bool open = arm.against->finding == Finding::not_shown;
            row.push_back({open ? "(" + text + ")" : text + " ", tone_of(arm.against->finding)});
        }
    }
    canvas.heading("At a glance", canvas.name(study.arms[study.baseline]) +
                                      "'s means, and how the others differ; in brackets where no difference is shown");
    canvas.table(columns, std::move(rows));
}

// Ratios to the baseline on one scale, at most from nothing to twice as much.
WhiskerScale reach_of(const StudyComparison& study, std::size_t arm) {
    double reach = 0.05;
    for (const ComparedKpi& kpi : study.kpis)
        if (const auto& d = kpi.arms[arm].against; d && d->ratio)
            reach = std::max({reach, std::abs(d->ratio->low - 1), std::abs(d->ratio->high - 1)});
    reach = std::min(reach, 1.0);
    return {1 - reach, 1 + reach};
}

std::string picture(const ArmDifference& d, const WhiskerScale& scale, const Canvas& canvas) {
    return d.ratio ? drawn({d.ratio->low, d.ratio->value, d.ratio->high, 1}, scale, kPicture, canvas) : "";
}

void differences(const StudyComparison& study, std::size_t arm, Canvas& canvas) {
    std::vector<std::vector<Cell>> rows;
    const WhiskerScale scale = reach_of(study, arm);
    for (const ComparedKpi& kpi : study.kpis) {
        if (!kpi.arms[arm].against) continue;
        const ArmDifference& d = *kpi.arms[arm].against;
        const Tone tone = tone_of(d.finding);
        rows.push_back({{kpi_label(kpi.path)},
                        {mean_text(kpi.path, kpi.arms[study.baseline].mean.value)},
                        {mean_text(kpi.path, kpi.arms[arm].mean.value)},
                        {picture(d, scale, canvas), tone},
                        {difference_text(kpi.path, d.interval.value), Tone::plain},
                        {d.ratio ? relative_text(d.ratio->value) : "-", tone},
                        {d.ratio ? ratio_interval_text(*d.ratio) : difference_interval_text(kpi.path, d.interval)},
                        {d.finding == Finding::not_shown ? "not shown" : std::string(finding_text(d.finding)), tone},
                        {still_needed_text(d), Tone::faint},
                        {p_text(d.p), Tone::faint}});
    }
    if (rows.empty()) return;
    canvas.heading(canvas.name(study.arms[arm]) + " against " + canvas.name(study.arms[study.baseline]));
    canvas.table({{"", Align::left},
                  {"was"},
                  {"is"},
                  {relative_text(scale.from) + " to +" + decimal((scale.to - 1) * 100, 0) + " %", Align::left, Need::if_room},
                  {"difference", Align::right, Need::if_room},
                  {"in %"},
                  {decimal(study.confidence.level() * 100, 0) + " % interval"},
                  {"verdict", Align::left},
                  {"to go"},
                  {"p", Align::right, Need::if_room}},
                 std::move(rows));
}

// Without intervals: one replication each.
void means(const StudyComparison& study, Canvas& canvas) {
    std::vector<TableColumn> columns = {{"", Align::left}};
    for (const std::string& arm : study.arms) columns.push_back({canvas.name(arm)});
    std::vector<std::vector<Cell>> rows;
    for (const ComparedKpi& kpi : study.kpis) {
        auto& row = rows.emplace_back();
        row.push_back({kpi_label(kpi.path)});
        for (const auto& arm : kpi.arms) row.push_back({kpi_text(kpi.path, arm.mean.value)});
    }
    canvas.heading("Figures");
    canvas.table(columns, std::move(rows));
}

void front(const StudyComparison& study, Canvas& canvas) {
    const Front& front = study.front;
    if (front.kpis.empty() || study.arms.size() < 2) return;
    std::vector<TableColumn> columns = {{"design", Align::left}};
    for (const std::string& path : front.kpis) columns.push_back({kpi_label(path)});
    columns.push_back({"", Align::left});
    std::vector<std::vector<Cell>> rows;
    std::string note;
    for (const std::string& path : front.kpis) note += (note.empty() ? "" : ", ") + kpi_label(path);
    for (std::size_t arm = 0; arm < study.arms.size(); ++arm) {
        auto& row = rows.emplace_back();
        row.push_back({canvas.name(study.arms[arm])});
        for (const ComparedKpi& kpi : study.front_figures) row.push_back({mean_text(kpi.path, kpi.arms[arm].mean.value)});
        const bool on = front.arms[arm].where == FrontPlace::Where::on_front;
        row.push_back({canvas.name(place_text(study, front.arms[arm])), on ? Tone::good : Tone::faint});
    }
    canvas.heading("Front", "what no other design beats in one of these without losing in another: " + note);
    canvas.table(columns, std::move(rows));
}

void choices(const StudyComparison& study, Canvas& canvas) {
    if (study.choices.empty()) return;
    canvas.heading("What to choose", "by what matters most");
    std::size_t width = 0;
    for (const Choice& one : study.choices) width = std::max(width, one.label.size());
    for (const Choice& one : study.choices)
        canvas.wrapped(
            {{"  " + pad_right(one.label, width) + "  "},
             {canvas.name(choice_text(study, one)), one.certainty == Choice::Certainty::shown ? Tone::good : Tone::plain}},
            canvas.width() >= 3 * (width + 4) ? width + 4 : 2);
}

void remarks(const StudyComparison& study, Canvas& canvas) {
    if (!study.gates.empty()) {
        canvas.heading("Gates");
        for (const BrokenGate& gate : study.gates) canvas.wrapped({{"  " + canvas.name(gate_text(study, gate)), Tone::bad}});
    }
    canvas.line();
    canvas.wrapped({{about_intervals(study), Tone::faint}});
    if (study.replications() > 1)
        canvas.wrapped({{"to go: replications that a verdict still needs with 90 % power, if the difference is what it seems",
                         Tone::faint}});
    if (study.incomplete > 0)
        canvas.wrapped({{counted(study.incomplete, "seed") + " left out: not every design has a run of it", Tone::warning}});
    if (const std::string text = left_out_text(study); !text.empty()) canvas.wrapped({{canvas.name(text), Tone::faint}});
}

}  // namespace

std::string study_comparison(const StudyComparison& study, const TerminalStyle& style) {
    Canvas canvas(style);
    const model::Identity& id = study.identity;
    const std::string title = canvas.name(id.scenario_title().empty() ? id.scenario() : id.scenario_title());
    canvas.line(std::vector<Cell>{{clip(title, canvas.width()), Tone::strong}});
    if (study.replications() == 0) {
        canvas.line("nothing to compare: no seed was run under every design");
        return canvas.take();
    }
    canvas.wrapped({{canvas.name(caption(study))}});
    if (study.replications() > 1) {
        sentences(study, canvas);
        overview(study, canvas);
        for (std::size_t arm = 0; arm < study.arms.size(); ++arm)
            if (arm != study.baseline) differences(study, arm, canvas);
    } else {
        means(study, canvas);
    }
    front(study, canvas);
    choices(study, canvas);
    remarks(study, canvas);
    return canvas.take();
}

}  // namespace lastunit::reports
