#include "reports/study/plots.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "reports/html_parts.hpp"
#include "reports/study/kpi_table.hpp"
#include "reports/study/kpi_text.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

using statistics::Interval;

constexpr double kTrack = 1000;             // width of an interval's drawing, in its own units
constexpr double kWide = 460, kHigh = 330;  // of a scatter
constexpr double kLeft = 66, kRight = 18, kTop = 16, kBottom = 44;
constexpr double kRow = 34, kStripTop = 6, kStripBottom = 24, kStripWide = 560;
constexpr std::size_t kNamed = 6;  // so many arms are named in a plot; more are numbered

// A scale from figures to coordinates.
struct Scale {
    double low = 0, high = 1, from = 0, to = 1;
    double operator()(double x) const { return from + (x - low) / (high - low) * (to - from); }
};

// All figures with a margin; 0 is shown where it is near.
Scale scale_of(const std::vector<double>& figures, double from, double to) {
    double low = std::numeric_limits<double>::infinity(), high = -low;
    for (const double x : figures)
        if (std::isfinite(x)) low = std::min(low, x), high = std::max(high, x);
    if (!(low <= high)) low = 0, high = 1;
    if (low >= 0 && low < 0.35 * high) low = 0;
    const double spread = high > low ? high - low : std::max(std::abs(high), 1.0) * 0.1;
    return {low == 0 ? -0.02 * spread : low - 0.07 * spread, high + 0.07 * spread, from, to};
}

double finite_or(double x, double otherwise) { return std::isfinite(x) ? x : otherwise; }

std::string line(std::string_view css, double x1, double y1, double x2, double y2) {
    return "<line class=\"" + std::string(css) + "\" x1=\"" + coordinate(x1) + "\" y1=\"" + coordinate(y1) + "\" x2=\"" +
           coordinate(x2) + "\" y2=\"" + coordinate(y2) + "\"/>";
}

std::string label(std::string_view css, double x, double y, std::string_view anchor, std::string_view text) {
    return "<text class=\"" + std::string(css) + "\" x=\"" + coordinate(x) + "\" y=\"" + coordinate(y) + "\" text-anchor=\"" +
           std::string(anchor) + "\">" + escape(text) + "</text>";
}

double step_of(bool time, double rough) {
    if (time) {
        for (const double step : {0.001,  0.002,  0.005,  0.01,    0.02,    0.05,    0.1,     0.2,      0.5,     1.0,
                                  2.0,    5.0,    10.0,   15.0,    30.0,    60.0,    120.0,   300.0,    600.0,   900.0,
                                  1800.0, 3600.0, 7200.0, 10800.0, 21600.0, 43200.0, 86400.0, 172800.0, 432000.0})
            if (step >= rough) return step;
    }
    const double power = std::pow(10, std::floor(std::log10(rough)));
    for (const double step : {1.0, 2.0, 5.0})
        if (step * power >= rough * 0.999) return step * power;
    return 10 * power;
}

// As precise as the step between ticks asks.
std::string tick_text(std::string_view path, double value, double step) {
    const auto decimals_of = [](double width) {
        return width >= 0.999 ? 0 : std::min(5, static_cast<int>(std::ceil(-std::log10(width) - 1e-9)));
    };
    switch (unit_of(path)) {
        case KpiUnit::share:
            return decimal(value * 100, decimals_of(step * 100)) + " %";
        case KpiUnit::minor_money:
            return step >= 1e8 ? decimal(value / 1e8, 0) + " M" : decimal(value / 100, step >= 100 ? 0 : 2);
        case KpiUnit::seconds: {
            const auto whole = static_cast<std::int64_t>(std::llround(value));
            if (step >= 86400) return std::to_string(whole / 86400) + " d";
            if (step >= 3600) return std::to_string(whole / 3600) + " h";
            if (step >= 60 && whole >= 3600)
                return std::to_string(whole / 3600) + " h" +
                       (whole % 3600 < 60 ? "" : " " + std::to_string(whole % 3600 / 60) + " min");
            if (step >= 60) return std::to_string(whole / 60) + " min";
            return mean_text(path, value);
        }
        case KpiUnit::major_money:
        case KpiUnit::count:
            break;
    }
    return decimal(value, decimals_of(step));
}

// Names of points, each moved down until it lies on none before it.
struct Labels {
    std::vector<std::array<double, 4>> taken;  // left, top, right, bottom
    double place(double x, double y, double width, std::string_view anchor) {
        const double left = anchor == "end" ? x - width : x;
        for (int i = 0; i < 12; ++i) {
            const double at = y + (i % 2 == 0 ? 1 : -1) * ((i + 1) / 2) * 13.0;
            const bool free = std::none_of(taken.begin(), taken.end(), [&](const auto& box) {
                return left < box[2] && left + width > box[0] && at - 10 < box[3] && at + 3 > box[1];
            });
            if (free || i == 11) {
                taken.push_back({left, at - 10, left + width, at + 3});
                return at;
            }
        }
        return y;
    }
};

}  // namespace

std::string_view finding_class(Finding finding) { return finding == Finding::not_shown ? "open" : finding_text(finding); }

std::vector<AxisTick> axis_ticks(std::string_view path, double low, double high, std::size_t count) {
    std::vector<AxisTick> out;
    if (!(high > low)) return out;
    const double step = step_of(unit_of(path) == KpiUnit::seconds, (high - low) / static_cast<double>(count));
    for (auto i = static_cast<std::int64_t>(std::ceil(low / step)); static_cast<double>(i) * step <= high; ++i)
        out.push_back({static_cast<double>(i) * step, tick_text(path, static_cast<double>(i) * step, step)});
    return out;
}

std::string interval_svg(const Interval& ratio, double reach, Finding finding) {
    const Scale x{1 - reach, 1 + reach, 0, kTrack};
    const double low = std::clamp(x(ratio.low), 0.0, kTrack), high = std::clamp(x(ratio.high), 0.0, kTrack);
    std::string out = "<svg viewBox=\"0 0 1000 26\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"" +
                      escape(relative_text(ratio.low) + " to " + relative_text(ratio.high)) + "\" class=\"" +
                      std::string(finding_class(finding)) + "\">" + line("zero", kTrack / 2, 0, kTrack / 2, 26);
    // An interval of no width is still seen.
    out += line("span", std::min(low, kTrack - 4), 13, std::max(high, low + 4), 13);
    if (const double at = x(ratio.value); at >= 0 && at <= kTrack) out += line("point", at, 6, at, 20);
    if (ratio.high > 1 + reach) out += "<path class=\"arrow\" d=\"M980 7L998 13L980 19\"/>";
    if (ratio.low < 1 - reach) out += "<path class=\"arrow\" d=\"M20 7L2 13L20 19\"/>";
    return out + "</svg>";
}

std::string scatter_svg(const StudyComparison& study, const ComparedKpi& x, const ComparedKpi& y) {
    std::vector<double> xs, ys;
    for (std::size_t arm = 0; arm < study.arms.size(); ++arm) {
        const Interval &a = x.arms[arm].mean, &b = y.arms[arm].mean;
        xs.insert(xs.end(), {a.value, a.low, a.high});
        ys.insert(ys.end(), {b.value, b.low, b.high});
    }
    const Scale sx = scale_of(xs, kLeft, kWide - kRight), sy = scale_of(ys, kHigh - kBottom, kTop);
    std::string out = "<svg class=\"plane\" viewBox=\"0 0 460 330\" role=\"img\" aria-label=\"" +
                      escape(kpi_label(y.path) + " against " + kpi_label(x.path)) + "\">\n";
    for (const AxisTick& tick : axis_ticks(x.path, sx.low, sx.high, 4))
        out += line("grid", sx(tick.at), kTop, sx(tick.at), kHigh - kBottom) +
               label("tick", sx(tick.at), kHigh - kBottom + 15, "middle", tick.text);
    for (const AxisTick& tick : axis_ticks(y.path, sy.low, sy.high, 5))
        out += line("grid", kLeft, sy(tick.at), kWide - kRight, sy(tick.at)) +
               label("tick", kLeft - 6, sy(tick.at) + 4, "end", tick.text);
    out += label("tick", (kLeft + kWide - kRight) / 2, kHigh - 9, "middle", kpi_label(x.path)) + "\n";
    Labels labels;
    for (std::size_t arm = 0; arm < study.arms.size(); ++arm) {
        const Interval &a = x.arms[arm].mean, &b = y.arms[arm].mean;
        const double cx = sx(a.value), cy = sy(b.value);
        const bool on = study.front.arms[arm].where == FrontPlace::Where::on_front;
        const bool to_left = cx > kWide * 0.62;
        const std::string name = study.arms.size() > kNamed ? std::to_string(arm + 1) : study.arms[arm];
        const double tx = cx + (to_left ? -10 : 10);
        const std::string_view anchor = to_left ? "end" : "start";
        const double ty = labels.place(tx, cy - 7, 6.7 * static_cast<double>(display_width(name)), anchor);
        out += std::string("<g class=\"") + (on ? "on" : "off") + "\"><title>" +
               escape(study.arms[arm] + ": " + kpi_label(y.path) + " " + mean_text(y.path, b.value) + ", " + kpi_label(x.path) +
                      " " + mean_text(x.path, a.value) + "; " + std::string(on ? "on the front" : "dominated")) +
               "</title>" + line("cross", sx(finite_or(a.low, a.value)), cy, sx(finite_or(a.high, a.value)), cy) +
               line("cross", cx, sy(finite_or(b.low, b.value)), cx, sy(finite_or(b.high, b.value))) +
               "<circle class=\"dot\" cx=\"" + coordinate(cx) + "\" cy=\"" + coordinate(cy) + "\" r=\"6\"/>" +
               label("halo", tx, ty, anchor, name) + "</g>\n";
    }
    return out + "</svg>\n";
}

std::string strip_svg(const StudyComparison& study, const ComparedKpi& kpi) {
    std::vector<double> figures;
    std::size_t longest = 0;
    for (std::size_t arm = 0; arm < kpi.arms.size(); ++arm) {
        figures.insert(figures.end(), kpi.arms[arm].values.begin(), kpi.arms[arm].values.end());
        longest = std::max(longest, display_width(study.arms[arm]));
    }
    const double gutter = std::min(210.0, 22 + 6.6 * static_cast<double>(longest));
    const auto clip_to = static_cast<std::size_t>((gutter - 16) / 6.6);
    const Scale x = scale_of(figures, gutter, kStripWide - 14);
    const double height = kStripTop + kRow * static_cast<double>(kpi.arms.size()) + kStripBottom;
    const auto y = [&](std::size_t arm) { return kStripTop + kRow * (static_cast<double>(arm) + 0.5); };
    std::string out = "<svg class=\"plane strip\" viewBox=\"0 0 560 " + coordinate(height) + "\" role=\"img\" aria-label=\"" +
                      escape(kpi_label(kpi.path) + " of every replication") + "\">\n";
    for (const AxisTick& tick : axis_ticks(kpi.path, x.low, x.high, 5))
        out += line("grid", x(tick.at), kStripTop, x(tick.at), height - kStripBottom) +
               label("tick", x(tick.at), height - 8, "middle", tick.text);
    out += "\n";
    if (study.seeds == Seeds::common)
        for (std::size_t i = 0; i < study.replications(); ++i) {
            std::string path;
            for (std::size_t arm = 0; arm < kpi.arms.size(); ++arm)
                path += (arm == 0 ? "M" : "L") + coordinate(x(kpi.arms[arm].values[i])) + " " + coordinate(y(arm));
            out += "<path class=\"pairline\" d=\"" + path + "\"/>\n";
        }
    for (std::size_t arm = 0; arm < kpi.arms.size(); ++arm) {
        const ComparedKpi::Arm& of = kpi.arms[arm];
        const std::string_view css = !of.against ? "base" : finding_class(of.against->finding);
        out += "<g class=\"" + std::string(css) + "\"><title>" +
               escape(study.arms[arm] + ": " + mean_text(kpi.path, of.mean.value)) + "</title>" +
               label("halo", gutter - 12, y(arm) + 4, "end", clip(study.arms[arm], clip_to));
        if (std::isfinite(of.mean.low))
            out += line("band", x(of.mean.low), y(arm), std::max(x(of.mean.high), x(of.mean.low) + 1), y(arm));
        for (const double value : of.values)
            out += "<circle class=\"one\" cx=\"" + coordinate(x(value)) + "\" cy=\"" + coordinate(y(arm)) + "\" r=\"2.6\"/>";
        out += line("mean", x(of.mean.value), y(arm) - 9, x(of.mean.value), y(arm) + 9) + "</g>\n";
    }
    return out + "</svg>\n";
}

}  // namespace lastunit::reports
