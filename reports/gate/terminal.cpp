#include "reports/gate/terminal.hpp"

#include "reports/gate/text.hpp"
#include "reports/terminal_canvas.hpp"
#include "reports/terminal_whisker.hpp"
#include "reports/text.hpp"

namespace lastunit::reports::gate {
namespace {

constexpr std::size_t kPicture = 21;  // columns

Tone tone_of(Outcome outcome) {
    return outcome == Outcome::pass ? Tone::good : outcome == Outcome::fail ? Tone::bad : Tone::warning;
}

// The interval against the line that it must not cross, on a scale of its own: gates have different units.
std::string picture(const Case& one, const Canvas& canvas) {
    if (!one.interval || !one.limit) return "";
    const Whisker whisker{one.interval->low, one.interval->value, one.interval->high, one.limit};
    WhiskerScale scale = scale_of({whisker});
    const double air = (scale.to - scale.from) * 0.1;
    scale = {scale.from - air, scale.to + air};
    return drawn(whisker, scale, kPicture, canvas);
}

std::string caption(const Result& result) {
    std::string out = result.title.empty() ? result.scenario : result.title;
    out += ", seeds from " + std::to_string(result.first_seed);
    if (!result.code.empty()) out += ", lastunit " + result.code;
    if (!result.baseline_code.empty())
        out += "; baseline: " + counted(result.baseline_runs, "replication") + ", lastunit " + result.baseline_code;
    return out;
}

}  // namespace

std::string summary(const Result& result, const TerminalStyle& style) {
    Canvas canvas(style);
    canvas.wrapped({{headline(result), tone_of(result.outcome())}});
    canvas.wrapped({{canvas.name(caption(result)), Tone::faint}});
    std::vector<std::vector<Cell>> rows;
    for (const Case& one : result.cases)
        rows.push_back({{name_of(one.outcome), tone_of(one.outcome)},
                        {canvas.name(one.name)},
                        {one.baseline ? figure(one, *one.baseline) : "-"},
                        {one.now ? figure(one, *one.now) : "-"},
                        {one.interval ? interval_text(one) : "-"},
                        {picture(one, canvas), tone_of(one.outcome)}});
    if (!rows.empty()) {
        canvas.heading("Gates", "the interval of what is judged, and its limit");
        canvas.table({{"verdict", Align::left},
                      {"gate", Align::left},
                      {"baseline"},
                      {"now"},
                      {"interval"},
                      {"", Align::left, Need::if_room}},
                     std::move(rows));
    }
    for (const Case& one : result.cases)
        if (one.outcome != Outcome::pass)
            canvas.wrapped(
                {{std::string(name_of(one.outcome)) + " ", tone_of(one.outcome)}, {canvas.name(one.name + ": " + one.reason)}});
    for (const std::string& note : result.notes) canvas.wrapped({{canvas.name(note), Tone::faint}});
    return canvas.take();
}

}  // namespace lastunit::reports::gate
