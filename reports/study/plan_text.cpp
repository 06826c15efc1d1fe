// A plan on a terminal and as Markdown.
#include <algorithm>
#include <cmath>

#include "reports/gates.hpp"
#include "reports/study/kpi_table.hpp"
#include "reports/study/plan.hpp"
#include "reports/study/plan_words.hpp"
#include "reports/terminal_canvas.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

constexpr std::size_t kRows = 12;  // of the candidates that are shown

std::string for_style(const TerminalStyle& style, std::string text) {
    if (style.glyphs == Glyphs::unicode) return text;
    for (std::size_t at = text.find("±"); at != std::string::npos; at = text.find("±"))
        text.replace(at, std::string("±").size(), "+-");
    return text;
}

void searched(Canvas& out, const Plan& plan) {
    out.heading("Searched");
    std::vector<std::vector<Cell>> rows;
    for (const SweepVariable& one : plan.variables) {
        std::string values;
        for (const std::string& value : one.values) values += (values.empty() ? "" : ", ") + value;
        rows.push_back({{one.name, Tone::strong}, {values}});
    }
    if (!rows.empty()) out.table({{"variable", Align::left}, {"values", Align::left}}, rows);
    out.wrapped({{how_searched(plan), Tone::faint}});
}

void candidates(Canvas& out, const Plan& plan, const TerminalStyle& style) {
    out.heading("Candidates", "by how good they look");
    const std::vector<std::string> kpis = plan_kpis(plan);
    std::vector<TableColumn> columns{{"candidate", Align::left}, {"", Align::left}};
    for (const std::string& kpi : kpis) columns.push_back({kpi_label(kpi)});
    columns.push_back({"runs"});
    std::vector<std::vector<Cell>> rows;
    const std::vector<std::size_t> order = by_look(plan);
    for (std::size_t k = 0; k < order.size() && k < kRows; ++k) {
        const std::size_t i = order[k];
        using Fate = PlanCandidate::Fate;
        const Fate fate = plan.candidates[i].fate;
        rows.push_back({{short_name(plan, i), i == plan.leader ? Tone::strong : Tone::plain},
                        {fate_text(plan, i), fate == Fate::best           ? Tone::good
                                             : fate == Fate::misses_limit ? Tone::bad
                                                                          : Tone::faint}});
        for (const std::string& kpi : kpis)
            rows.back().push_back({for_style(style, plus_minus_text(kpi, plan_interval(plan, i, kpi)))});
        rows.back().push_back({std::to_string(plan.replications(i))});
    }
    out.table(columns, rows);
    if (order.size() > kRows)
        out.wrapped(
            {{"  " + grouped(std::uint64_t{order.size() - kRows}) + " more are in --json, --csv and --html", Tone::faint}});
}

void settings(Canvas& out, const Plan& plan) {
    if (!plan.leader) return;
    out.heading("Settings", plan.outcome == Plan::Outcome::decided      ? "of the best"
                            : plan.outcome == Plan::Outcome::runs_ended ? "of what looks best"
                                                                        : "of the nearest");
    const auto& changes = plan.candidates[*plan.leader].changes;
    if (changes.empty()) return out.line("  the scenario as it is");
    out.line("  " + set_options(changes));
    out.line();
    std::string line;
    for (const char c : plan.yaml) {
        if (c != '\n') {
            line += c;
            continue;
        }
        out.line("  " + line);
        line.clear();
    }
}

void close_ones(Canvas& out, const Plan& plan) {
    const auto close = close_candidates(plan);
    if (close.empty()) return;
    out.heading("As good, for all that the runs say");
    std::vector<std::vector<Cell>> rows;
    for (std::size_t k = 0; k < close.size() && k < kRows; ++k)
        rows.push_back({{short_name(plan, close[k].candidate), Tone::strong},
                        {kpi_text(plan.objective, close[k].worse.value)},
                        {range_text(plan.objective, close[k].worse), Tone::faint}});
    out.table({{"candidate", Align::left}, {"worse by"}, {"interval"}}, rows);
}

}  // namespace

std::string plan_summary(const Plan& plan, const TerminalStyle& style) {
    Canvas out(style);
    out.heading(out.name(plan.title));
    out.wrapped({{headline(plan), plan.outcome == Plan::Outcome::decided ? Tone::good : Tone::bad}});
    out.wrapped({{guarantee(plan)}});
    settings(out, plan);
    candidates(out, plan, style);
    close_ones(out, plan);
    searched(out, plan);
    return out.take();
}

std::string plan_markdown(const Plan& plan) {
    std::string out = "**" + headline(plan) + "**\n\n" + guarantee(plan) + "\n\n";
    if (plan.leader && !plan.candidates[*plan.leader].changes.empty())
        out += "```sh\n" + set_options(plan.candidates[*plan.leader].changes) + "\n```\n\n```yaml\n" + plan.yaml + "```\n\n";
    const std::vector<std::string> kpis = plan_kpis(plan);
    out += "| candidate | |";
    std::string rule = "| --- | --- |";
    for (const std::string& kpi : kpis) {
        out += " " + kpi_label(kpi) + " |";
        rule += " ---: |";
    }
    out += " runs |\n" + rule + " ---: |\n";
    for (const std::size_t i : by_look(plan)) {
        out += "| " + plan.name(i) + " | " + fate_text(plan, i) + " |";
        for (const std::string& kpi : kpis) out += " " + plus_minus_text(kpi, plan_interval(plan, i, kpi)) + " |";
        out += " " + std::to_string(plan.replications(i)) + " |\n";
    }
    return out + "\n" + how_searched(plan) + "\n";
}

}  // namespace lastunit::reports
