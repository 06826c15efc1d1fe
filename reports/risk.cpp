#include "reports/risk.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

#include "reports/json.hpp"
#include "reports/statistics/distributions.hpp"
#include "reports/terminal_canvas.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

constexpr double kDay_s = 86'400, kYear_s = 365.25 * kDay_s;

// Three digits, however small: 1.35e-06, 0.0213.
std::string digits(double number) {
    char text[32];
    std::snprintf(text, sizeof text, "%.3g", number);
    return text;
}

// Three digits of a large number as people write it: 740,000; 3.1e+12.
std::string about(double number) {
    constexpr double kMost = 1e15, kThreeDigits = 100;
    if (!(number < kMost) || number < kThreeDigits) return digits(number);
    const double unit = std::pow(10, std::floor(std::log10(number)) - 2);
    return grouped(static_cast<std::uint64_t>(std::round(number / unit) * unit + 0.5));
}

std::string once_in(double probability, double horizon_s) {
    const double runs = 1 / probability;
    std::string out = about(runs) + " runs of " + round_span(horizon_s);
    if (horizon_s >= kDay_s / 24) {
        const double span_s = runs * horizon_s;
        out += span_s < 2 * kYear_s ? ": " + about(span_s / kDay_s) + " days"
                                    : ": " + about(span_s / kYear_s) + " years of such days";
    }
    return out;
}

double share(std::int64_t of, std::int64_t all) { return all == 0 ? 0 : static_cast<double>(of) / static_cast<double>(all); }

void put_estimate(const Risk& risk, Canvas& canvas) {
    const statistics::Interval& p = risk.probability;
    const std::string level = digits(100 * risk.confidence) + " %";
    if (p.value == 0) {
        canvas.line({{"P < " + digits(p.high), Tone::strong}, {"  (" + level + " confidence): no path had the event"}});
        canvas.line("less often than once in " + once_in(p.high, risk.horizon_s));
        return;
    }
    canvas.line({{"P = " + digits(p.value), Tone::strong},
                 {"   " + level + " interval " + digits(p.low) + " to " + digits(p.high) + ", " + percent(risk.relative_error()) +
                  " either way"}});
    canvas.line("once in " + once_in(p.value, risk.horizon_s));
}

void put_levels(const Risk& risk, Canvas& canvas) {
    canvas.heading("levels", "chance to come from each to the next");
    std::vector<std::vector<Cell>> rows;
    for (std::size_t i = 0; i < risk.levels.size(); ++i) {
        const RiskLevel& level = risk.levels[i];
        rows.push_back({{std::to_string(i + 1)},
                        {decimal(static_cast<double>(level.importance) / 1000, 1)},
                        {grouped(level.begun)},
                        {grouped(level.reached)},
                        {digits(share(level.reached, level.begun))},
                        {grouped(level.copies)}});
    }
    rows.push_back({{"event", Tone::strong},
                    {},
                    {grouped(risk.event_begun)},
                    {grouped(risk.event_reached)},
                    {digits(share(risk.event_reached, risk.event_begun))},
                    {}});
    canvas.table({{"level", Align::left}, {"importance"}, {"paths"}, {"reached"}, {"chance"}, {"split into"}}, std::move(rows));
}

void put_work(const Risk& risk, Canvas& canvas) {
    canvas.line();
    canvas.line(grouped(static_cast<std::uint64_t>(risk.hits.size())) + " roots, " + grouped(risk.roots_hit()) +
                " of them with the event; " + grouped(risk.paths) + " paths, and " + grouped(risk.pilot_paths) +
                " of a pilot to place the levels");
    canvas.line(span(risk.cpu_s + risk.pilot_cpu_s) + " of CPU (pilot " + span(risk.pilot_cpu_s) + ") in " + span(risk.wall_s));
    if (risk.probability.value == 0) return;
    const double plain_s = risk.plain_runs() * risk.cpu_per_run_s;
    canvas.line("plain runs: " + about(risk.plain_runs()) + " of them, " + span(plain_s) + " of CPU, would know it as well: " +
                about(plain_s / std::max(risk.cpu_s + risk.pilot_cpu_s, 1e-9)) + " times as much");
}

}  // namespace

std::int64_t Risk::roots_hit() const {
    return std::count_if(hits.begin(), hits.end(), [](std::int64_t of_root) { return of_root > 0; });
}

double Risk::relative_error() const {
    return probability.value == 0 ? std::numeric_limits<double>::infinity() : probability.half_width() / probability.value;
}

double Risk::plain_runs() const {
    const double z = statistics::normal_quantile(0.5 + confidence / 2);
    return (1 - probability.value) / probability.value * std::pow(z / relative_error(), 2);
}

std::string risk_text(const Risk& risk, const TerminalStyle& style) {
    Canvas canvas(style);
    canvas.line({{canvas.name(risk.event), Tone::strong},
                 {" in " + canvas.name(risk.scenario) + ", design " + canvas.name(risk.design)}});
    canvas.line();
    put_estimate(risk, canvas);
    put_levels(risk, canvas);
    put_work(risk, canvas);
    canvas.line({{"again: " + canvas.name(risk.repeat), Tone::faint}});
    return canvas.take();
}

std::string risk_json(const Risk& risk) {
    const statistics::Interval& p = risk.probability;
    std::string out = "{\n  \"scenario\": " + json_string(risk.scenario) + ",\n  \"design\": " + json_string(risk.design) +
                      ",\n  \"event\": " + json_string(risk.event) + ",\n  \"seed\": " + std::to_string(risk.seed) +
                      ",\n  \"horizon_s\": " + json_number(risk.horizon_s) + ",\n  \"probability\": " + json_number(p.value) +
                      ",\n  \"low\": " + json_number(p.low) + ",\n  \"high\": " + json_number(p.high) +
                      ",\n  \"confidence\": " + json_number(risk.confidence) +
                      ",\n  \"relative_error\": " + json_number(risk.relative_error()) +
                      ",\n  \"once_in_runs\": " + json_number(1 / p.value) + ",\n  \"levels\": [";
    const char* comma = "";
    for (const RiskLevel& level : risk.levels) {
        out += std::string(comma) + "\n    {\"importance\": " + std::to_string(level.importance) +
               ", \"paths\": " + std::to_string(level.begun) + ", \"reached\": " + std::to_string(level.reached) +
               ", \"probability\": " + json_number(share(level.reached, level.begun)) +
               ", \"copies\": " + std::to_string(level.copies) + "}";
        comma = ",";
    }
    out += std::string(risk.levels.empty() ? "" : "\n  ") + "],\n  \"levels_option\": " + json_string(risk.levels_option) +
           ",\n  \"to_event\": {\"paths\": " + std::to_string(risk.event_begun) +
           ", \"reached\": " + std::to_string(risk.event_reached) +
           ", \"probability\": " + json_number(share(risk.event_reached, risk.event_begun)) +
           "},\n  \"roots\": " + std::to_string(risk.hits.size()) +
           ",\n  \"roots_with_event\": " + std::to_string(risk.roots_hit()) + ",\n  \"paths\": " + std::to_string(risk.paths) +
           ",\n  \"pilot_paths\": " + std::to_string(risk.pilot_paths) + ",\n  \"cpu_s\": " + json_number(risk.cpu_s) +
           ",\n  \"pilot_cpu_s\": " + json_number(risk.pilot_cpu_s) + ",\n  \"wall_s\": " + json_number(risk.wall_s) +
           ",\n  \"plain_runs\": " + json_number(risk.plain_runs()) +
           ",\n  \"plain_cpu_s\": " + json_number(risk.plain_runs() * risk.cpu_per_run_s) +
           ",\n  \"repeat\": " + json_string(risk.repeat) + ",\n  \"hits\": [";
    for (std::size_t i = 0; i < risk.hits.size(); ++i) out += (i == 0 ? "" : ", ") + std::to_string(risk.hits[i]);
    return out + "]\n}\n";
}

}  // namespace lastunit::reports
