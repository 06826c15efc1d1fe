// The day: one small chart per measure, one above the other on a shared time axis.
#include <algorithm>
#include <cmath>

#include "reports/html_charts.hpp"
#include "reports/html_parts.hpp"
#include "reports/html_sections.hpp"
#include "reports/panels.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

using model::RunRecord;

constexpr std::size_t kMostTableRows = 48;

std::string table(const RunRecord& record, const Axis& fine) {
    Axis axis = fine;
    for (const double candidate : kRoundTimes) {
        const double steps = candidate / record.series().step_s();
        if (steps < 1 || std::floor(steps) != steps) continue;
        axis.per_bin = static_cast<std::size_t>(steps);
        axis.bin_s = candidate;
        axis.bins = static_cast<std::size_t>(std::ceil(fine.total_s() / candidate - 1e-9));
        if (axis.bins <= kMostTableRows) break;
    }
    if (axis.bins > kMostTableRows) return "";
    std::vector<HtmlColumn> columns = {{"from", HtmlColumn::Kind::text}};
    std::vector<std::vector<std::string>> rows(axis.bins);
    for (std::size_t i = 0; i < axis.bins; ++i) rows[i].push_back(axis.clock_at(i));
    for (const Panel& panel : panels_of(record, axis)) {
        columns.push_back({panel.title_text + (panel.scale == Panel::Scale::level ? ", at the end" : "")});
        for (std::size_t i = 0; i < axis.bins; ++i) rows[i].push_back(decimal(panel.lines[0].values[i], 0));
    }
    return details("The same as a table, per " + round_span(axis.bin_s), html_table("The day", columns, rows));
}

// Charts of nothing are left out; one line says of what.
std::string without_empty(std::vector<Panel>& panels) {
    std::string text;
    std::erase_if(panels, [&](const Panel& panel) {
        const Values& values = panel.lines[0].values;
        if (std::any_of(values.begin(), values.end(), [](double value) { return value > 0; })) return false;
        text += (text.empty() ? "" : "; ") + panel.title_text + ": " + panel.rest_text;
        return true;
    });
    return text.empty() ? "" : "<p class=\"legend\">Not drawn. " + escape(text) + ".</p>\n";
}

}  // namespace

std::string day_section(const RunRecord& record) {
    const Axis axis = axis_of(record);
    if (axis.bins == 0) return "";
    std::vector<Panel> panels = panels_of(record, axis);
    const std::string empty = without_empty(panels);
    if (auto lag = lag_panel(record, axis)) panels.push_back(std::move(*lag));
    const std::string html = charts(panels, axis, frame_of(axis), "Charts over local time") + empty + table(record, axis);
    return section("day", "The day", "Local time. Each chart has its own scale.", html);
}

}  // namespace lastunit::reports
