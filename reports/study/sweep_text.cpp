// A sweep on a terminal and as Markdown.
#include <algorithm>
#include <cmath>

#include "reports/gates.hpp"
#include "reports/study/kpi_table.hpp"
#include "reports/study/sweep.hpp"
#include "reports/terminal_canvas.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

constexpr std::size_t kBar = 24;  // columns

std::string for_style(const TerminalStyle& style, const std::string& text) {
    if (style.glyphs == Glyphs::unicode) return text;
    std::string out = text;
    for (std::size_t at = out.find("±"); at != std::string::npos; at = out.find("±"))
        out.replace(at, std::string("±").size(), "+-");
    return out;
}

double highest(const Sweep& sweep, const std::string& kpi) {
    double out = 0;
    for (std::size_t i = 0; i < sweep.points.size(); ++i)
        if (const auto interval = sweep_interval(sweep, i, kpi)) out = std::max(out, interval->value);
    return out;
}

std::size_t replications(const Sweep& sweep) {
    std::size_t out = 0;
    for (std::size_t i = 0; i < sweep.points.size(); ++i) out = std::max(out, sweep.figures->replications(i).size());
    return out;
}

// "+0.31 % (0.28 % to 0.34 %)"
std::string change_text(const Sweep& sweep, const std::string& kpi, const statistics::Interval& change) {
    const auto signed_text = [&](double value) {
        return (value < 0 ? "-" : "+") + (value == 0 ? std::string("0") : kpi_text(kpi, std::abs(value)));
    };
    const std::string verdict = change.contains(0) ? "no change shown" : change.value < 0 ? "lower" : "higher";
    return "from " + sweep.figures->name(0) + " to " + sweep.figures->name(sweep.points.size() - 1) + ": " +
           signed_text(change.value) + " (" + signed_text(change.low) + " to " + signed_text(change.high) + "), " + verdict;
}

void curve(Canvas& out, const Sweep& sweep, const std::string& kpi, const TerminalStyle& style) {
    const double top = highest(sweep, kpi);
    std::vector<std::vector<Cell>> rows;
    for (std::size_t i = 0; i < sweep.points.size(); ++i) {
        const auto interval = sweep_interval(sweep, i, kpi);
        rows.push_back({{sweep.variables[0].values[sweep.points[i][0]], Tone::strong},
                        {interval ? kpi_text(kpi, interval->value) : "-"},
                        {interval ? range_text(kpi, *interval) : "-", Tone::faint},
                        {interval && top > 0 ? out.bar(interval->value / top, kBar) : ""}});
    }
    out.table({{sweep.variables[0].name, Align::left}, {"mean"}, {"interval"}, {"", Align::left, Need::if_room}}, rows);
    if (const auto change = sweep_change(sweep, kpi))
        out.wrapped({{"  " + for_style(style, change_text(sweep, kpi, *change)), Tone::faint}});
}

void surface(Canvas& out, const Sweep& sweep, const std::string& kpi, const TerminalStyle& style) {
    const SweepVariable &down = sweep.variables[0], &across = sweep.variables[1];
    std::vector<TableColumn> columns{{down.name + " \\ " + across.name, Align::left}};
    for (const std::string& value : across.values) columns.push_back({value});
    std::vector<std::vector<Cell>> rows;
    for (std::size_t i = 0; i < sweep.points.size(); ++i) {
        if (sweep.points[i][1] == 0) rows.push_back({{down.values[sweep.points[i][0]], Tone::strong}});
        rows.back().push_back({for_style(style, plus_minus_text(kpi, sweep_interval(sweep, i, kpi)))});
    }
    out.table(columns, rows);
}

void everything(Canvas& out, const Sweep& sweep, const TerminalStyle& style) {
    std::vector<TableColumn> columns{{"point", Align::left}};
    for (const std::string& kpi : sweep.kpis) columns.push_back({kpi_label(kpi)});
    std::vector<std::vector<Cell>> rows;
    for (std::size_t i = 0; i < sweep.points.size(); ++i) {
        rows.push_back({{sweep.figures->name(i), Tone::strong}});
        for (const std::string& kpi : sweep.kpis)
            rows.back().push_back({for_style(style, plus_minus_text(kpi, sweep_interval(sweep, i, kpi)))});
    }
    out.table(columns, rows);
}

std::string markdown_row(const std::vector<std::string>& cells) {
    std::string out = "|";
    for (const std::string& cell : cells) {
        out += ' ';
        for (const char c : cell) out += c == '|' ? std::string("\\|") : std::string(1, c);
        out += " |";
    }
    return out + "\n";
}

}  // namespace

std::string sweep_summary(const Sweep& sweep, const TerminalStyle& style) {
    Canvas out(style);
    const model::Identity* identity = sweep.figures->identity();
    if (identity != nullptr)
        out.heading(out.name(identity->scenario_title().empty() ? identity->scenario() : identity->scenario_title()));
    out.wrapped({{counted(sweep.points.size(), "point") + ", " + counted(replications(sweep), "run") +
                  " of each with the same shoppers; intervals of " + confidence_text(sweep.confidence)}});
    for (const SweepVariable& one : sweep.variables)
        if (one.paths.size() > 1 || one.paths.front() != one.name) {
            std::string paths;
            for (const std::string& path : one.paths) paths += (paths.empty() ? "" : ", ") + path;
            out.wrapped({{one.name + ": " + paths + (one.paths.size() > 1 ? " together" : ""), Tone::faint}});
        }
    if (sweep.variables.size() > 2) {
        out.heading("Points");
        everything(out, sweep, style);
        return out.take();
    }
    for (const std::string& kpi : sweep.kpis) {
        out.heading(kpi_label(kpi));
        if (sweep.variables.size() == 1)
            curve(out, sweep, kpi, style);
        else
            surface(out, sweep, kpi, style);
    }
    return out.take();
}

std::string sweep_markdown(const Sweep& sweep) {
    std::vector<std::string> head, rule;
    for (const SweepVariable& one : sweep.variables) head.push_back(one.name);
    for (const std::string& kpi : sweep.kpis) head.push_back(kpi_label(kpi));
    for (std::size_t i = 0; i < head.size(); ++i) rule.emplace_back(i < sweep.variables.size() ? "---" : "---:");
    std::string out = markdown_row(head) + markdown_row(rule);
    for (std::size_t i = 0; i < sweep.points.size(); ++i) {
        std::vector<std::string> row;
        for (std::size_t k = 0; k < sweep.variables.size(); ++k) row.push_back(sweep.variables[k].values[sweep.points[i][k]]);
        for (const std::string& kpi : sweep.kpis) row.push_back(plus_minus_text(kpi, sweep_interval(sweep, i, kpi)));
        out += markdown_row(row);
    }
    return out + "\n" + counted(replications(sweep), "run") + " of each point with the same shoppers; ± are " +
           confidence_text(sweep.confidence) + " intervals.\n";
}

}  // namespace lastunit::reports
