#include "reports/study/estimates.hpp"

#include <algorithm>
#include <cmath>

#include "reports/gates.hpp"
#include "reports/statistics/mean.hpp"
#include "reports/statistics/proportion.hpp"
#include "reports/statistics/quantile.hpp"
#include "reports/study/kpi_table.hpp"
#include "reports/terminal_canvas.hpp"
#include "reports/terminal_whisker.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

using statistics::Interval;

constexpr double kBadDay = 0.95;      // the worst twentieth
constexpr std::size_t kPicture = 15;  // columns
constexpr const char* kOversold = "oversold_units";

// An end that few replications say nothing about is infinite.
std::string range_text(std::string_view path, const Interval& interval) {
    const bool low = std::isfinite(interval.low), high = std::isfinite(interval.high);
    if (!low && !high) return "unknown";
    if (!high) return kpi_text(path, interval.low) + " or more";
    if (!low) return kpi_text(path, interval.high) + " or less";
    return kpi_text(path, interval.low) + " to " + kpi_text(path, interval.high);
}

std::string chance(const Interval& p) { return percent(p.value) + "  (" + percent(p.low) + " to " + percent(p.high) + ")"; }

std::string caption(const StudyFigures& figures) {
    const model::Identity& id = *figures.identity();
    const auto runs = figures.replications(0);
    return "design " + figures.name(0) + ", " + counted(std::uint64_t{runs.size()}, "replication") +
           (runs.size() == 1 ? ", seed " : ", seeds ") + std::to_string(runs.front().seed) +
           (runs.size() == 1 ? "" : " to " + std::to_string(runs.back().seed)) + ", lastunit " + id.commit();
}

struct Rows {
    std::vector<KpiEstimate> measured;
    std::string missing;  // names
};

Rows rows_of(const StudyFigures& figures, std::span<const std::string> paths) {
    Rows out;
    for (const std::string& path : paths) {
        if (auto one = estimate(figures, 0, path))
            out.measured.push_back(std::move(*one));
        else
            out.missing += (out.missing.empty() ? "" : ", ") + kpi_label(path);
    }
    return out;
}

// The mean with its interval between the least and the most run.
std::string picture(const KpiEstimate& one, const Canvas& canvas) {
    const Whisker mean{one.mean.low, one.mean.value, one.mean.high, {}};
    return drawn(mean, scale_of({mean, {one.least, one.least, one.most, {}}}), kPicture, canvas);
}

void risk_lines(const StudyFigures& figures, Canvas& canvas) {
    const auto risk = oversell_risk(figures, 0);
    if (!risk) return;
    canvas.heading("Risk", "of one such run; 95 % intervals");
    for (const auto& [units, probability] : risk->units)
        canvas.line("  " + pad_right("at least " + counted(static_cast<std::uint64_t>(units), "oversold unit"), 32) +
                    chance(probability));
    const std::string currency = " " + canvas.name(figures.identity()->currency());
    const auto value = [&](const Interval& interval) {
        return pad_left(kpi_text("oversold_value", interval.value), 14) + currency + "  (" +
               range_text("oversold_value", interval) + ")";
    };
    canvas.line("  " + pad_right("oversold value, worst of 20", 32) + value(risk->oversold_value.var));
    canvas.line("  " + pad_right("... and the mean beyond it", 32) + value(risk->oversold_value.cvar));
}

}  // namespace

std::optional<KpiEstimate> estimate(const StudyFigures& figures, std::size_t arm, std::string_view path,
                                    statistics::Confidence confidence) {
    const auto sample = figures.sample(arm, path);
    if (!sample) return std::nullopt;
    KpiEstimate out;
    out.path = path;
    out.replications = sample->size();
    out.mean = statistics::mean_interval(*sample, confidence);
    out.median = statistics::quantile_interval(*sample, 0.5, confidence);
    out.least = *std::min_element(sample->begin(), sample->end());
    out.most = *std::max_element(sample->begin(), sample->end());
    return out;
}

std::optional<OversellRisk> oversell_risk(const StudyFigures& figures, std::size_t arm, statistics::Confidence confidence) {
    const auto units = figures.sample(arm, kOversold), value = figures.sample(arm, "oversold_value");
    if (!units || !value) return std::nullopt;
    OversellRisk out;
    const double most = *std::max_element(units->begin(), units->end());
    for (double least = 1; least <= std::max(most, 1.0); least *= 10)
        out.units.push_back({least, statistics::at_least(*units, least, confidence)});
    out.oversold_value = statistics::tail_risk(*value, kBadDay, confidence);
    return out;
}

std::string estimates(const StudyFigures& figures, std::span<const std::string> paths, const TerminalStyle& style) {
    Canvas canvas(style);
    if (figures.identity() == nullptr || figures.replications(0).empty()) return "";
    const model::Identity& id = *figures.identity();
    canvas.line(std::vector<Cell>{
        {clip(canvas.name(id.scenario_title().empty() ? id.scenario() : id.scenario_title()), canvas.width()), Tone::strong}});
    canvas.wrapped({{canvas.name(caption(figures))}});
    const Rows rows = rows_of(figures, paths);
    std::vector<std::vector<Cell>> cells;
    for (const KpiEstimate& one : rows.measured)
        cells.push_back({{kpi_label(one.path)},
                         {kpi_text(one.path, one.mean.value), Tone::strong},
                         {range_text(one.path, one.mean)},
                         {kpi_text(one.path, one.least)},
                         {kpi_text(one.path, one.most)},
                         {picture(one, canvas), Tone::faint}});
    canvas.heading("Mean of a run", "with its 95 % interval; least and most of single runs");
    canvas.table({{"", Align::left},
                  {"mean"},
                  {"95 % interval"},
                  {"least", Align::right, Need::if_room},
                  {"most", Align::right, Need::if_room},
                  {"least to most", Align::left, Need::if_room}},
                 std::move(cells));
    if (!rows.missing.empty()) canvas.wrapped({{"  not measured in every run: " + canvas.name(rows.missing), Tone::faint}});
    risk_lines(figures, canvas);
    return canvas.take();
}

std::string estimates_markdown(const StudyFigures& figures, std::span<const std::string> paths) {
    if (figures.identity() == nullptr || figures.replications(0).empty()) return "";
    std::string out = "| KPI | mean | 95 % interval | least | most |\n|---|--:|--:|--:|--:|\n";
    for (const KpiEstimate& one : rows_of(figures, paths).measured)
        out += "| " + kpi_label(one.path) + " | " + kpi_text(one.path, one.mean.value) + " | " + range_text(one.path, one.mean) +
               " | " + kpi_text(one.path, one.least) + " | " + kpi_text(one.path, one.most) + " |\n";
    return out + "\n" + printable(caption(figures)) + ".\n";
}

}  // namespace lastunit::reports
