#include <algorithm>

#include "reports/html_charts.hpp"
#include "reports/html_parts.hpp"
#include "reports/load/html_sections.hpp"
#include "reports/load/words.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

using model::LoadReport;
using model::LoadSeries;

Axis axis_of(const LoadSeries& series) {
    Axis axis;
    axis.labels = Axis::Labels::elapsed;
    set_bins(axis, std::max(series.intended_size(), series.response_p99_ms_size()), series.step_s());
    return axis;
}

ChartFrame frame_of(const LoadReport& load, const Axis& axis) {
    ChartFrame frame = reports::frame_of(axis);
    const auto bins = static_cast<double>(axis.bins);
    for (const auto& fault : load.faults()) {
        if (!fault.left_out().empty()) continue;
        const double from = std::clamp(fault.from_s() / axis.bin_s, 0.0, bins);
        // A kill is an instant: half a hundredth of the axis is still seen.
        const double until = std::clamp(fault.until_s() / axis.bin_s, std::min(from + bins / 200, bins), bins);
        frame.bands.push_back({from, until, fault.name()});
    }
    return frame;
}

// Names above the marked stretches; a name that would run into the one before stands a line lower.
std::string names_of(const ChartFrame& frame) {
    std::vector<const Band*> bands;
    for (const Band& band : frame.bands) bands.push_back(&band);
    std::stable_sort(bands.begin(), bands.end(), [](const Band* a, const Band* b) { return a->from < b->from; });
    constexpr double kCharacter = 0.75;  // percent of the plot's width, at the page's usual width
    constexpr std::size_t kMostRows = 4;
    std::vector<double> ends;
    std::string html;
    for (const Band* band : bands) {
        const double left = std::min(band->from / static_cast<double>(frame.bins) * 100, 92.0);
        std::size_t row = 0;
        while (row < ends.size() && ends[row] > left) ++row;
        row = std::min(row, kMostRows - 1);
        if (row >= ends.size()) ends.resize(row + 1);
        ends[row] = left + kCharacter * static_cast<double>(display_width(band->name_text) + 2);
        html += "<span style=\"left:" + coordinate(left, 2) + "%;top:" + std::to_string(row * 18) + "px\">&#9660; " +
                escape(band->name_text) + "</span>";
    }
    if (html.empty()) return "";
    return "<div class=\"bands\" style=\"height:" + std::to_string(ends.size() * 18 + 2) + "px\">" + html + "</div>\n";
}

// Counts of steps as a rate per second.
template <class Steps> Values rates(const Steps& steps, const Axis& axis) {
    Values values = merged(steps, axis, Merge::sum);
    for (double& value : values) value /= axis.bin_s;
    return values;
}

template <class Steps> Values seconds_of(const Steps& milliseconds, const Axis& axis) {
    Values values = merged(milliseconds, axis, Merge::highest);
    for (double& value : values) value /= 1000;
    return values;
}

bool any(const Values& values) {
    return std::any_of(values.begin(), values.end(), [](double value) { return value > 0; });
}

// A few counts of a rare thing: as an area of its own.
template <class Steps>
void add_counts(std::vector<Panel>& panels, const char* title, const char* tone, const Steps& steps, const Axis& axis) {
    Values values = merged(steps, axis, Merge::sum);
    if (!any(values)) return;
    Panel panel{title, "per " + round_span(axis.bin_s), tone, rest_of(values, axis, Merge::sum), {}};
    panel.lines.push_back({"", std::move(values)});
    panels.push_back(std::move(panel));
}

std::vector<Panel> panels_of(const LoadSeries& s, const Axis& axis) {
    std::vector<Panel> panels;
    panels.push_back({"Rate", "operations per second of the clock", "calm", "", {}, Panel::Scale::level});
    panels.back().lines = {{"intended", rates(s.intended(), axis)}, {"answered", rates(s.answered(), axis)}};
    Panel latency{"Latency", "of those answered then, the highest per " + round_span(axis.bin_s) + ", logarithmic",
                  "calm",    "",
                  {},        Panel::Scale::lag};
    latency.lines = {{"response p99", seconds_of(s.response_p99_ms(), axis)},
                     {"service p99", seconds_of(s.service_p99_ms(), axis)},
                     {"dispatch lag p99", seconds_of(s.lag_p99_ms(), axis)},
                     {"response p50", seconds_of(s.response_p50_ms(), axis)},
                     {"service p50", seconds_of(s.service_p50_ms(), axis)}};
    std::erase_if(latency.lines, [](const Line& line) { return !any(line.values); });
    if (!latency.lines.empty()) panels.push_back(std::move(latency));
    Values flight = merged(s.in_flight(), axis, Merge::last);
    if (any(flight)) {
        panels.push_back({"In flight", "operations", "calm", rest_of(flight, axis, Merge::last), {}, Panel::Scale::level});
        panels.back().lines.push_back({"", std::move(flight)});
    }
    add_counts(panels, "Refused", "warn", s.refused(), axis);
    add_counts(panels, "Attempts without an answer", "bad", s.no_answer(), axis);
    return panels;
}

}  // namespace

std::string load_over_time(const LoadReport& load) {
    const Axis axis = axis_of(load.series());
    if (axis.bins == 0) return "";
    const ChartFrame frame = frame_of(load, axis);
    return "<h3>Over time</h3>\n" + names_of(frame) +
           charts(panels_of(load.series(), axis), axis, frame, "Charts over the clock of the run");
}

}  // namespace lastunit::reports
