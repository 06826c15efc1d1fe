#include "reports/gate/terminal.hpp"

#include "reports/gate/text.hpp"
#include "reports/terminal_canvas.hpp"
#include "reports/text.hpp"

namespace lastunit::reports::gate {
namespace {

Tone tone_of(Outcome outcome) {
    return outcome == Outcome::pass ? Tone::good : outcome == Outcome::fail ? Tone::bad : Tone::warning;
}

}  // namespace

std::string summary(const Result& result, const TerminalStyle& style) {
    Canvas canvas(style);
    canvas.line(std::vector<Cell>{{headline(result), tone_of(result.outcome())}});
    std::vector<std::vector<Cell>> rows;
    for (const Case& one : result.cases)
        rows.push_back({{name_of(one.outcome), tone_of(one.outcome)},
                        {canvas.name(one.name)},
                        {one.baseline ? figure(one, *one.baseline) : "-"},
                        {one.now ? figure(one, *one.now) : "-"},
                        {one.interval ? interval_text(one) : "-"}});
    if (!rows.empty()) {
        canvas.line();
        canvas.table({{"verdict", Align::left}, {"gate", Align::left}, {"baseline"}, {"now"}, {"interval"}}, std::move(rows));
    }
    for (const Case& one : result.cases)
        if (one.outcome != Outcome::pass)
            canvas.wrapped(
                {{std::string(name_of(one.outcome)) + " ", tone_of(one.outcome)}, {canvas.name(one.name + ": " + one.reason)}});
    for (const std::string& note : result.notes) canvas.wrapped({{canvas.name(note), Tone::faint}});
    return canvas.take();
}

}  // namespace lastunit::reports::gate
