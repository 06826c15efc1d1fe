// A sweep as one page: curves with their intervals, heat maps, tables.
#include <algorithm>
#include <cmath>
#include <string_view>

#include "reports/gates.hpp"
#include "reports/html_parts.hpp"
#include "reports/study/curves.hpp"
#include "reports/study/kpi_table.hpp"
#include "reports/study/study_page.hpp"
#include "reports/study/sweep.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

constexpr std::size_t kLines = 6;  // colours of page.css

// Which variable runs along the axis: of two, the one with more values, if it has distances.
std::size_t along(const Sweep& sweep) {
    if (sweep.variables.size() < 2) return 0;
    const auto worth = [](const SweepVariable& one) {
        return (one.axis == SweepVariable::Axis::number ? 1000 : 0) + static_cast<int>(one.values.size());
    };
    return worth(sweep.variables[1]) > worth(sweep.variables[0]) ? 1 : 0;
}

std::string curves_of(const Sweep& sweep, const std::string& kpi) {
    const std::size_t x = along(sweep), other = 1 - x;
    const std::size_t lines = sweep.variables.size() < 2 ? 1 : std::min(kLines, sweep.variables[other].values.size());
    Chart chart;
    chart.title_text = kpi_label(kpi);
    chart.axis_text = sweep.variables[x].name;
    chart.tick_texts = sweep.variables[x].values;
    chart.at = sweep.variables[x].at;
    chart.value_text = [kpi](double value) { return kpi_text(kpi, value); };
    for (std::size_t line = 0; line < lines; ++line) {
        chart.lines.emplace_back();
        if (sweep.variables.size() > 1)
            chart.lines.back().name_text = sweep.variables[other].name + "=" + sweep.variables[other].values[line];
        for (std::size_t i = 0; i < sweep.points.size(); ++i)
            if (sweep.variables.size() < 2 || sweep.points[i][other] == line)
                chart.lines.back().values.push_back(sweep_interval(sweep, i, kpi));
    }
    return chart_html(chart);
}

std::string heat_map(const Sweep& sweep, const std::string& kpi) {
    std::vector<HtmlColumn> columns{{sweep.variables[0].name + " \\ " + sweep.variables[1].name, HtmlColumn::Kind::text}};
    for (const std::string& value : sweep.variables[1].values) columns.push_back({value});
    double top = 0;
    for (std::size_t i = 0; i < sweep.points.size(); ++i)
        if (const auto interval = sweep_interval(sweep, i, kpi)) top = std::max(top, interval->value);
    std::vector<std::vector<std::string>> rows;
    for (std::size_t i = 0; i < sweep.points.size(); ++i) {
        if (sweep.points[i][1] == 0) rows.push_back({escape(sweep.variables[0].values[sweep.points[i][0]])});
        const auto interval = sweep_interval(sweep, i, kpi);
        if (!interval) {
            rows.back().emplace_back("<span class=\"none\">-</span>");
            continue;
        }
        const double share = top > 0 ? std::clamp(interval->value / top, 0.0, 1.0) : 0;
        rows.back().push_back("<span class=\"heat\" style=\"--s:" + coordinate(share * 100) + "%\">" +
                              escape(kpi_text(kpi, interval->value)) + "<br><small>" + escape(range_text(kpi, *interval)) +
                              "</small></span>");
    }
    return "<div class=\"matrix\">" +
           html_table(kpi_label(kpi) + ", " + confidence_text(sweep.confidence) + " intervals", columns, rows) + "</div>\n";
}

std::string points_table(const Sweep& sweep) {
    std::vector<HtmlColumn> columns;
    for (const SweepVariable& one : sweep.variables) columns.push_back({one.name, HtmlColumn::Kind::text});
    for (const std::string& kpi : sweep.kpis) columns.push_back({kpi_label(kpi)});
    columns.push_back({"runs"});
    std::vector<std::vector<std::string>> rows;
    for (std::size_t i = 0; i < sweep.points.size(); ++i) {
        std::vector<std::string> row;
        for (std::size_t k = 0; k < sweep.variables.size(); ++k)
            row.push_back(escape(sweep.variables[k].values[sweep.points[i][k]]));
        for (const std::string& kpi : sweep.kpis) row.push_back(escape(plus_minus_text(kpi, sweep_interval(sweep, i, kpi))));
        row.push_back(std::to_string(sweep.figures->replications(i).size()));
        rows.push_back(std::move(row));
    }
    return html_table("Every point", columns, rows);
}

}  // namespace

std::string sweep_html(const Sweep& sweep) {
    std::string body;
    if (sweep.variables.size() <= 2)
        for (std::size_t k = 0; k < sweep.kpis.size(); ++k) {
            std::string html = curves_of(sweep, sweep.kpis[k]);
            if (sweep.variables.size() == 2) html += heat_map(sweep, sweep.kpis[k]);
            body += section("kpi-" + std::to_string(k), kpi_label(sweep.kpis[k]), "", html);
        }
    body += section("points", "Every point", "Mean over the runs, with its interval; all points had the same shoppers.",
                    points_table(sweep));
    const model::Identity* identity = sweep.figures->identity();
    std::string names;
    for (const SweepVariable& one : sweep.variables) names += (names.empty() ? "" : ", ") + one.name;
    StudyPage page;
    page.title_text = identity == nullptr                  ? "Sweep"
                      : identity->scenario_title().empty() ? identity->scenario()
                                                           : identity->scenario_title();
    page.lead_text = "Sweep over " + names + ": " + counted(sweep.points.size(), "point");
    page.body_html = body;
    page.command_text = sweep.command;
    return study_page(page);
}

}  // namespace lastunit::reports
