#include "reports/study/curves.hpp"

#include <algorithm>
#include <cmath>

#include "reports/html_parts.hpp"

namespace lastunit::reports {
namespace {

constexpr double kWidth = 1000, kHeight = 200;  // of the drawing; the page stretches it
constexpr double kLogFactor = 20;
constexpr int kGridLines = 4;

// The lowest and highest that is drawn.
struct Range {
    double low = 0, high = 0;
};

Range range_of(const Chart& chart) {
    Range out{INFINITY, -INFINITY};
    for (const ChartLine& line : chart.lines)
        for (const auto& one : line.values) {
            if (!one) continue;
            const bool ends = std::isfinite(one->half_width());
            out.low = std::min(out.low, ends ? one->low : one->value);
            out.high = std::max(out.high, ends ? one->high : one->value);
        }
    if (!(out.low <= out.high)) return {0, 1};
    // From 0, unless all of it is far above: then a curve would be a straight line under the ceiling.
    if (out.low > 0 && out.low < 0.7 * out.high) out.low = 0;
    if (out.low == out.high) out = {std::min(0.0, out.low), out.high == 0 ? 1 : std::max(0.0, out.high)};
    return out;
}

class Drawing {
   public:
    explicit Drawing(const Chart& chart) : chart_(chart), range_(range_of(chart)) {
        log_ = !chart.at.empty() && chart.at.front() > 0 && chart.at.back() > kLogFactor * chart.at.front();
    }

    double x(std::size_t i) const {
        if (chart_.at.size() < 2) return kWidth / 2;
        const auto place = [&](double value) { return log_ ? std::log(value) : value; };
        const double from = place(chart_.at.front()), to = place(chart_.at.back());
        return to > from ? (place(chart_.at[i]) - from) / (to - from) * kWidth : 0;
    }
    double y(double value) const { return kHeight - (value - range_.low) / (range_.high - range_.low) * kHeight; }
    double level(int i) const { return range_.low + (range_.high - range_.low) * i / kGridLines; }

    // The area between the ends of the intervals.
    std::string band(const ChartLine& line, std::size_t colour) const {
        std::string upper, lower;
        for (std::size_t i = 0; i < line.values.size(); ++i) {
            const auto& one = line.values[i];
            if (!one || !std::isfinite(one->half_width())) continue;
            upper += coordinate(x(i)) + "," + coordinate(y(one->high)) + " ";
            lower = coordinate(x(i)) + "," + coordinate(y(one->low)) + " " + lower;
        }
        if (upper.empty()) return "";
        return "<polygon style=\"fill:var(--k" + std::to_string(colour) + ");fill-opacity:.15\" points=\"" + upper + lower +
               "\"/>\n";
    }
    std::string path(const ChartLine& line, std::size_t colour) const {
        std::string points, marks;
        for (std::size_t i = 0; i < line.values.size(); ++i) {
            const auto& one = line.values[i];
            if (!one) continue;
            points += coordinate(x(i)) + "," + coordinate(y(one->value)) + " ";
            marks += "M" + coordinate(x(i)) + " " + coordinate(y(one->value)) + "h0";
        }
        const std::string k = std::to_string(colour);
        return "<polyline class=\"line k" + k + "\" points=\"" + points + "\"/>\n<path class=\"line k" + k +
               "\" style=\"stroke-width:7\" d=\"" + marks + "\"/>\n";
    }

   private:
    const Chart& chart_;
    Range range_;
    bool log_ = false;
};

std::string ticks(const Chart& chart, const Drawing& drawing) {
    constexpr double kApart = 60;  // units of the drawing
    std::string out = "<div class=\"ticks\">";
    double last = -kApart;
    for (std::size_t i = 0; i < chart.at.size(); ++i) {
        if (drawing.x(i) - last < kApart && i > 0) continue;
        last = drawing.x(i);
        out +=
            "<span style=\"left:" + coordinate(drawing.x(i) / kWidth * 100, 2) + "%\">" + escape(chart.tick_texts[i]) + "</span>";
    }
    return out + "</div>\n";
}

}  // namespace

std::string chart_html(const Chart& chart) {
    const Drawing drawing(chart);
    std::string out = "<figure class=\"panel tall\" style=\"margin:0 0 18px;padding-right:24px\">\n<figcaption><b>" +
                      escape(chart.title_text) + "</b> <span class=\"unit\">by " + escape(chart.axis_text) +
                      "</span></figcaption>\n<div class=\"plot\">\n<div class=\"y\">";
    std::string grid;
    for (int i = 0; i <= kGridLines; ++i) {
        const double y = drawing.y(drawing.level(i));
        out += "<span style=\"top:" + coordinate(y / kHeight * 100) + "%\">" + escape(chart.value_text(drawing.level(i))) +
               "</span>";
        grid += "M0 " + coordinate(y) + "H" + coordinate(kWidth);
    }
    out += "</div>\n<svg viewBox=\"0 0 " + coordinate(kWidth) + " " + coordinate(kHeight) +
           "\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"" + escape(chart.title_text) +
           "\">\n<path class=\"grid\" d=\"" + grid + "\"/>\n";
    for (std::size_t i = 0; i < chart.lines.size(); ++i) out += drawing.band(chart.lines[i], i);
    for (std::size_t i = 0; i < chart.lines.size(); ++i) out += drawing.path(chart.lines[i], i);
    out += "</svg>\n</div>\n" + ticks(chart, drawing);
    if (chart.lines.size() > 1) {
        out += "<div class=\"keys\">";
        for (std::size_t i = 0; i < chart.lines.size(); ++i)
            out += "<span class=\"key k" + std::to_string(i) + "\">" + escape(chart.lines[i].name_text) + "</span>";
        out += "</div>\n";
    }
    return out + "</figure>\n";
}

}  // namespace lastunit::reports
