#include "reports/live_view.hpp"

#include <algorithm>
#include <cmath>

#include "reports/load/latency.hpp"
#include "reports/load/words.hpp"
#include "reports/terminal_canvas.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

constexpr std::size_t kBar = 16;

std::string rate(double per_second) { return decimal(per_second, per_second < 99.95 ? 1 : 0); }

std::string quantiles(const std::optional<LiveQuantiles>& of) {
    return of ? latency_text(of->p50_s) + " / " + latency_text(of->p99_s) : std::string("-");
}

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : "; ") + part;
    return text;
}

// Cells side by side until the line is full; what does not fit is cut.
class LineOf {
   public:
    LineOf(const TerminalStyle& style, std::size_t width) : style_(style), room_(width) {}
    LineOf& add(const std::string& text, Tone tone = Tone::plain) {
        cells_.push_back({clip(style_.glyphs == Glyphs::ascii ? to_ascii(printable(text)) : printable(text), room_), tone});
        room_ -= std::min(room_, display_width(cells_.back().text));
        return *this;
    }
    LineOf& figure(std::string_view label, const std::string& value, std::size_t columns, Tone tone = Tone::plain) {
        add(std::string(label) + " ", Tone::faint);
        return add(pad_right(value, columns) + "  ", tone);
    }
    std::string text() const {
        Canvas canvas(style_);
        canvas.line(cells_);
        std::string line = canvas.take();
        line.pop_back();
        return line;
    }

   private:
    TerminalStyle style_;
    std::size_t room_;
    std::vector<Cell> cells_;
};

std::string oversold(const LiveFigures& f) {
    if (f.units_accepted == 0) return counted(f.oversold_units, "unit");
    return grouped(f.oversold_units) + " of " + counted(f.units_accepted, "unit");
}

std::string place(const LiveFigures& f) {
    return f.horizon_share >= 1 ? "working off open orders" : decimal(std::floor(f.horizon_share * 100), 0) + " % of the horizon";
}

}  // namespace

std::vector<std::string> live_view(const LiveFigures& f, const TerminalStyle& style) {
    const auto width = static_cast<std::size_t>(std::max(style.width, 1));
    const Canvas canvas(style);
    std::vector<std::string> lines;
    LineOf first(style, width);
    first.add(clock(f.time_of_day_s), Tone::strong).add("  ");
    first.add(pad_right(canvas.bar(f.horizon_share, kBar), kBar), Tone::good).add("  " + place(f) + ", " + span(f.elapsed_s));
    first.add("  " + f.target_text + (f.mode_text.empty() ? "" : ", " + f.mode_text) + ", " + speed_text(f.speed), Tone::faint);
    lines.push_back(first.text());

    const bool behind = f.rate_held < 0.9 * f.rate_wanted;
    LineOf second(style, width);
    second.figure("wanted", rate(f.rate_wanted) + "/s", 10);
    second.figure("held", rate(f.rate_held) + "/s", 10, behind ? Tone::warning : Tone::plain);
    second.figure("in flight", grouped(f.in_flight), 7);
    second.figure("lag p99", f.dispatch_lag ? latency_text(f.dispatch_lag->p99_s) : "-", 0);
    lines.push_back(second.text());

    LineOf third(style, width);
    third.figure("service p50 / p99", quantiles(f.service), 19);
    third.figure("response p50 / p99", quantiles(f.response), 0);
    lines.push_back(third.text());

    LineOf fourth(style, width);
    fourth.figure("operations", grouped(f.operations), 11);
    fourth.figure("refused", grouped(f.refused), 9);
    fourth.figure("unknown", grouped(f.unknown), 5, f.unknown > 0 ? Tone::warning : Tone::plain);
    if (f.overloaded > 0) fourth.figure("overloaded", grouped(f.overloaded), 5, Tone::warning);
    fourth.figure("oversold", oversold(f), 0, f.oversold_units > 0 ? Tone::bad : Tone::good);
    lines.push_back(fourth.text());

    if (!f.invalid_text.empty())
        lines.push_back(LineOf(style, width).add("INVALID: ", Tone::bad).add(f.invalid_text).text());
    else if (!f.faults_text.empty())
        lines.push_back(LineOf(style, width).add("fault: ", Tone::warning).add(joined(f.faults_text)).text());
    return lines;
}

std::string redraw(const std::vector<std::string>& lines, std::size_t drawn) {
    std::string out = "\r";
    if (drawn > 1) out += "\033[" + std::to_string(drawn - 1) + "A";
    out += "\033[J";
    for (std::size_t i = 0; i < lines.size(); ++i) out += (i == 0 ? "" : "\n") + lines[i];
    return out;
}

std::string live_line(const LiveFigures& f) {
    std::string text = clock(f.time_of_day_s) + ", " + place(f) + ": " + rate(f.rate_held) + " of " + rate(f.rate_wanted) +
                       "/s, " + grouped(f.in_flight) + " in flight, service " + quantiles(f.service) + ", response " +
                       quantiles(f.response) + ", refused " + grouped(f.refused) + ", unknown " + grouped(f.unknown) +
                       ", oversold " + oversold(f);
    if (!f.faults_text.empty()) text += "; fault: " + printable(joined(f.faults_text));
    if (!f.invalid_text.empty()) text += "; INVALID: " + printable(f.invalid_text);
    return text;
}

}  // namespace lastunit::reports
