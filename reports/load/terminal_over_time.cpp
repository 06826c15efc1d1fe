#include "reports/load/terminal_over_time.hpp"

#include <algorithm>
#include <cmath>

#include "reports/load/latency.hpp"
#include "reports/load/words.hpp"
#include "reports/text.hpp"
#include "reports/time_axis.hpp"

namespace lastunit::reports {
namespace {

using model::LoadReport;

constexpr std::size_t kLabel = 16;  // columns before a sparkline
constexpr std::size_t kNote = 20;   // columns after it

// The fewest steps of a round length that fit.
Axis axis_of(const model::LoadSeries& series, std::size_t room) {
    Axis axis;
    axis.labels = Axis::Labels::elapsed;
    const int steps = series.intended_size();
    if (steps == 0 || !(series.step_s() > 0)) return axis;
    axis.per_bin = (static_cast<std::size_t>(steps) + room - 1) / room;
    for (const double round : kRoundTimes) {
        const double per = round / series.step_s();
        if (std::floor(per) != per || per < static_cast<double>(axis.per_bin)) continue;
        axis.per_bin = static_cast<std::size_t>(per);
        break;
    }
    axis.bins = (static_cast<std::size_t>(steps) + axis.per_bin - 1) / axis.per_bin;
    axis.bin_s = series.step_s() * static_cast<double>(axis.per_bin);
    return axis;
}

// A mark where a fault was on; the names stand in their own table.
std::string fault_marks(const LoadReport& load, const Axis& axis, const Canvas& canvas) {
    std::string text;
    for (std::size_t i = 0; i < axis.bins; ++i) {
        const double from = axis.bin_s * static_cast<double>(i), until = from + axis.bin_s;
        const bool on = std::any_of(load.faults().begin(), load.faults().end(), [&](const auto& fault) {
            return fault.left_out().empty() && fault.from_s() < until && (fault.until_s() > from || fault.from_s() >= from);
        });
        text += on ? (canvas.ascii() ? "v" : "▼") : " ";
    }
    return text;
}

}  // namespace

void load_over_time(const LoadReport& load, Canvas& canvas) {
    const auto& s = load.series();
    const Axis axis = axis_of(s, canvas.width() - kLabel - kNote);
    if (axis.bins < 2) return;
    canvas.heading("Over the clock", "one column is " + round_span(axis.bin_s) + "; its highest at the right");
    if (load.faults_size() > 0)
        canvas.line(
            std::vector<Cell>{{pad_right("  fault on", kLabel), Tone::faint}, {fault_marks(load, axis, canvas), Tone::warning}});
    const auto row = [&](std::string_view label, const Values& values, const auto& text_of_value, Tone tone) {
        std::vector<double> columns(values.begin(), values.end());
        for (double& value : columns)
            if (!(value >= 0)) value = 0;  // nothing was answered
        const auto top = std::max_element(columns.begin(), columns.end());
        if (*top <= 0) return;
        const auto at = static_cast<std::size_t>(top - columns.begin());
        canvas.line(std::vector<Cell>{{pad_right("  " + std::string(label), kLabel)},
                                      {canvas.sparkline(columns), tone},
                                      {" " + text_of_value(*top) + " at " + axis.clock_at(at), Tone::faint}});
    };
    const auto per_second = [&](double count) { return rate_text(count / axis.bin_s); };
    const auto milliseconds = [](double ms) { return latency_text(ms / 1000); };
    const auto whole = [](double count) { return decimal(count, 0); };
    row("intended", merged(s.intended(), axis, Merge::sum), per_second, Tone::plain);
    row("answered", merged(s.answered(), axis, Merge::sum), per_second, Tone::plain);
    row("response p99", merged(s.response_p99_ms(), axis, Merge::highest), milliseconds, Tone::warning);
    row("service p99", merged(s.service_p99_ms(), axis, Merge::highest), milliseconds, Tone::plain);
    row("refused", merged(s.refused(), axis, Merge::sum), whole, Tone::plain);
    row("no answer", merged(s.no_answer(), axis, Merge::sum), whole, Tone::bad);
}

}  // namespace lastunit::reports
