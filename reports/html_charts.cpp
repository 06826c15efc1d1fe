#include "reports/html_charts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "reports/html_parts.hpp"
#include "reports/json.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

constexpr int kHeight = 1000;  // of a chart in its own units; the page stretches it

// The value axis: where a value stands in 0..kHeight from the top, and the labelled values.
struct Scale {
    Panel::Scale kind = Panel::Scale::counts;
    double low = 0, high = 1;
    std::vector<std::pair<double, std::string>> marks;

    int y(double value) const {
        const double share = kind == Panel::Scale::lag ? std::log(std::max(value, low) / low) / std::log(high / low)
                                                       : (value - low) / (high - low);
        return static_cast<int>(std::lround(kHeight * (1 - std::clamp(share, 0.0, 1.0))));
    }
};

double round_up(double value) {
    if (value <= 1) return 1;
    const double power = std::pow(10, std::floor(std::log10(value)));
    for (const double step : {1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0})
        if (step * power >= value && std::floor(step * power) == step * power) return step * power;
    return 10 * power;
}

Scale scale_of(const Panel& panel) {
    double low = std::numeric_limits<double>::infinity(), high = 0;
    for (const Line& line : panel.lines)
        for (const double value : line.values) {
            if (value > 0) low = std::min(low, value);
            if (value > high) high = value;
        }
    Scale scale;
    scale.kind = panel.scale;
    if (panel.scale != Panel::Scale::lag) {
        scale.high = round_up(high);
        // A line may start above zero where the whole of it lies in the upper part; an area may not.
        if (panel.scale == Panel::Scale::level && low > high / 2 && high > low) {
            const double step = round_up((high - low) / 4);
            scale.low = std::floor(low / step) * step;
            scale.high = std::ceil(high / step) * step;
        }
        const double middle = (scale.low + scale.high) / 2;
        scale.marks = {{scale.low, decimal(scale.low, 0)}, {scale.high, decimal(scale.high, 0)}};
        if (std::floor(middle) == middle) scale.marks.emplace_back(middle, decimal(middle, 0));
        return scale;
    }
    constexpr std::array<std::pair<double, std::string_view>, 15> kDecades{{{1e-7, "100 ns"},
                                                                            {1e-6, "1 us"},
                                                                            {1e-5, "10 us"},
                                                                            {1e-4, "100 us"},
                                                                            {0.001, "1 ms"},
                                                                            {0.01, "10 ms"},
                                                                            {0.1, "100 ms"},
                                                                            {1, "1 s"},
                                                                            {10, "10 s"},
                                                                            {60, "1 min"},
                                                                            {600, "10 min"},
                                                                            {3600, "1 h"},
                                                                            {36'000, "10 h"},
                                                                            {360'000, "100 h"},
                                                                            {3'600'000, "1000 h"}}};
    for (std::size_t i = 0; i < kDecades.size(); ++i) {
        const bool below_all = i + 1 < kDecades.size() && kDecades[i + 1].first <= low;
        const bool above_all = i > 0 && kDecades[i - 1].first >= high && scale.marks.size() > 1;
        if (!below_all && !above_all) scale.marks.emplace_back(kDecades[i].first, kDecades[i].second);
    }
    scale.low = scale.marks.front().first;
    scale.high = scale.marks.back().first;
    return scale;
}

std::string area_path(const Values& values, const Scale& scale) {
    std::string path = "M0 " + std::to_string(kHeight);
    int last = kHeight;
    for (std::size_t i = 0; i <= values.size(); ++i) {
        const int y = i < values.size() ? scale.y(values[i]) : kHeight;
        if (y != last) path += "H" + std::to_string(i) + "V" + std::to_string(y);
        last = y;
    }
    return path + "H" + std::to_string(values.size()) + "Z";
}

// Straight from one measured bin to the next; broken where nothing was measured for longer than `gap` bins.
std::string line_path(const Values& values, const Scale& scale, std::size_t gap) {
    std::string path;
    std::size_t before = values.size();
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!(values[i] >= 0)) continue;
        const bool joined = before < values.size() && i - before <= gap;
        path += (joined ? "L" : "M") + std::to_string(i) + ".5 " + std::to_string(scale.y(values[i])) + (joined ? "" : "h0");
        before = i;
    }
    return path;
}

std::vector<std::pair<double, std::string>> time_marks(const Axis& axis) {
    double step = kRoundTimes.back();
    for (const double candidate : kRoundTimes)
        if (axis.total_s() / candidate <= 13) {
            step = candidate;
            break;
        }
    std::vector<std::pair<double, std::string>> marks;
    const double end = axis.start_s + axis.total_s();
    for (double at = std::ceil(axis.start_s / step) * step; at <= end + 1e-6; at += step) {
        const bool midnight = axis.several_days() && std::fmod(at, 86'400) < 1;
        marks.emplace_back((at - axis.start_s) / axis.total_s() * 100, axis.labels == Axis::Labels::elapsed ? round_span(at)
                                                                       : midnight ? "day " + decimal(at / 86'400 + 1, 0)
                                                                                  : clock(at));
    }
    return marks;
}

// Below everything else, so that lines stay readable.
std::string bands(const ChartFrame& frame) {
    std::string html;
    for (const Band& band : frame.bands)
        html += "<rect class=\"band\" x=\"" + coordinate(band.from, 2) + "\" y=\"0\" width=\"" +
                coordinate(band.until - band.from, 2) + "\" height=\"" + std::to_string(kHeight) + "\"/>";
    return html;
}

std::string lines(const Panel& panel, const ChartFrame& frame, const Scale& scale) {
    const std::size_t gap = panel.scale == Panel::Scale::level ? frame.bins : std::max<std::size_t>(1, frame.bins / 24);
    std::string html;
    // The first on top: it is the one that the others explain.
    for (std::size_t i = panel.lines.size(); i-- > 0;) {
        const Values& values = panel.lines[i].values;
        if (panel.scale == Panel::Scale::counts)
            html += "<path class=\"area " + panel.tone + "\" d=\"" + area_path(values, scale) + "\"/>";
        else
            html += "<path class=\"line " + (panel.has_keys() ? "k" + std::to_string(i) : "calm") + "\" d=\"" +
                    line_path(values, scale, gap) + "\"/>";
    }
    return html;
}

std::string plot(const Panel& panel, const ChartFrame& frame) {
    const Scale scale = scale_of(panel);
    const std::string across = std::to_string(frame.bins);
    std::string grid;
    for (const auto& mark : frame.marks) {
        const std::string x = coordinate(mark.first / 100 * static_cast<double>(frame.bins), 2);
        grid += "M" + x + " 0V" + std::to_string(kHeight);
    }
    for (const auto& mark : scale.marks) grid += "M0 " + std::to_string(scale.y(mark.first)) + "H" + across;
    std::string html = "<div class=\"plot\"><div class=\"y\" aria-hidden=\"true\">";
    for (const auto& [value, label] : scale.marks)
        html += "<span style=\"top:" + coordinate(scale.y(value) / 10.0) + "%\">" + label + "</span>";
    return html + "</div><svg viewBox=\"0 0 " + across + " " + std::to_string(kHeight) +
           "\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"" +
           escape(panel.title_text + " over " + frame.over_text + ": " + panel.rest_text) + "\">" + bands(frame) +
           "<path class=\"grid\" d=\"" + grid + "\"/>" + lines(panel, frame, scale) + "</svg></div>\n";
}

// What the script reads out under the pointer: times to the millisecond where a day of them is long, else to 10 ns.
std::string data(const std::vector<Panel>& panels, const Axis& axis) {
    const bool elapsed = axis.labels == Axis::Labels::elapsed;
    std::string json = "{\"start\":" + json_number(axis.start_s) + ",\"step\":" + json_number(axis.bin_s) +
                       ",\"days\":" + (axis.several_days() ? "true" : "false") + ",\"elapsed\":" + (elapsed ? "true" : "false") +
                       ",\"lines\":[";
    std::string_view comma = "";
    for (const Panel& panel : panels)
        for (const Line& line : panel.lines) {
            json.append(comma).append(panel.scale == Panel::Scale::lag ? "{\"lag\":true,\"v\":[" : "{\"lag\":false,\"v\":[");
            comma = ",";
            for (std::size_t i = 0; i < line.values.size(); ++i) {
                const double v = line.values[i];
                json.append(i == 0 ? "" : ",")
                    .append(!std::isfinite(v) ? "null"
                                              : coordinate(v, panel.scale != Panel::Scale::lag ? 0
                                                              : elapsed                        ? 8
                                                                                               : 3));
            }
            json += "]}";
        }
    return "<script type=\"application/json\" class=\"series\">" + json + "]}</script>\n";
}

}  // namespace

ChartFrame frame_of(const Axis& axis) {
    return {axis.bins, time_marks(axis), {}, axis.labels == Axis::Labels::elapsed ? "the run" : "the day"};
}

std::string chart_ticks(const ChartFrame& frame) {
    std::string html = "<div class=\"ticks\" aria-hidden=\"true\">";
    for (const auto& [percent_across, label] : frame.marks)
        html += "<span style=\"left:" + coordinate(percent_across, 3) + "%\">" + escape(label) + "</span>";
    return html + "</div>\n";
}

std::string chart_figure(const Panel& panel, const ChartFrame& frame) {
    std::string html = std::string("<figure class=\"panel") + (panel.scale == Panel::Scale::lag ? " tall" : "") +
                       "\">\n<figcaption><b>" + escape(panel.title_text) + "</b> <span class=\"unit\">" +
                       escape(panel.unit_text) + "</span>";
    if (!panel.has_keys()) html += " <output>" + escape(panel.rest_text) + "</output>";
    html += "</figcaption>\n" + plot(panel, frame);
    if (panel.has_keys()) {
        html += "<div class=\"keys\">";
        for (std::size_t i = 0; i < panel.lines.size(); ++i)
            html += "<span class=\"key k" + std::to_string(i) + "\">" + escape(panel.lines[i].name_text) +
                    " <output></output></span>";
        html += "</div>\n";
    }
    return html + "</figure>\n";
}

std::string charts(const std::vector<Panel>& panels, const Axis& axis, const ChartFrame& frame, std::string_view label_text) {
    std::string html = "<div class=\"day\" tabindex=\"0\" role=\"group\" aria-label=\"" + escape(label_text) +
                       "; arrow keys move the read-out\">\n" + chart_ticks(frame);
    for (const Panel& panel : panels) html += chart_figure(panel, frame);
    return html + chart_ticks(frame) + "<div class=\"cursor\" hidden><span></span></div>\n" + data(panels, axis) + "</div>\n";
}

}  // namespace lastunit::reports
