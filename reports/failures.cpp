#include "reports/failures.hpp"

#include <algorithm>

#include "reports/gates.hpp"
#include "reports/json.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

constexpr std::uint64_t kLeastFlaggedPercent = 95;  // of the flawed design's runs
constexpr std::size_t kWidestOracle = 44;

bool flaw_shows(const FailureResult& result) { return result.flawed.flagged * 100 >= kLeastFlaggedPercent * result.seeds; }

std::string share(std::uint64_t flagged, std::uint64_t seeds) { return std::to_string(flagged) + "/" + std::to_string(seeds); }

std::string painted(const std::string& text, bool good, const TerminalStyle& style) {
    if (style.colour == Colour::off) return text;
    return (good ? "\033[32m" : "\033[31m") + text + "\033[0m";
}

struct Widths {
    std::size_t name = 4, pattern = 7, oracle = 6, count = 7;
};

// The pattern takes what the others leave of the terminal's width.
Widths widths_of(const std::vector<FailureResult>& results, const TerminalStyle& style) {
    Widths widths;
    std::size_t pattern = widths.pattern;
    for (const FailureResult& one : results) {
        widths.name = std::max(widths.name, display_width(one.name));
        widths.oracle = std::max(widths.oracle, std::min(kWidestOracle, display_width(one.oracle)));
        pattern = std::max(pattern, display_width(one.pattern));
        widths.count = std::max(widths.count, share(one.seeds, one.seeds).size());
    }
    constexpr std::size_t kGaps = 5 * 2 + 4;  // between the columns, and "ok" at the end
    const std::size_t taken = widths.name + widths.oracle + 2 * widths.count + kGaps;
    const auto width = static_cast<std::size_t>(std::max(style.width, 80));
    widths.pattern = std::min(pattern, width > taken + 24 ? width - taken : 24);
    return widths;
}

std::string line(const Widths& widths, const std::string& name, const std::string& pattern, const std::string& oracle,
                 const std::string& flawed, const std::string& sound) {
    return pad_right(name, widths.name) + "  " + pad_right(clip(pattern, widths.pattern), widths.pattern) + "  " +
           pad_right(clip(oracle, widths.oracle), widths.oracle) + "  " + pad_left(flawed, widths.count) + "  " +
           pad_left(sound, widths.count) + "  ";
}

std::string runs_json(const FailureRuns& runs, const std::string& repeat) {
    return "{\"flagged\": " + std::to_string(runs.flagged) + ", \"idle\": " + std::to_string(runs.idle) +
           ", \"gates_broken\": " + std::to_string(runs.ungated) + ", \"units_accepted\": " + std::to_string(runs.units) +
           ", \"kpi_low\": " + json_number(runs.low) + ", \"kpi_high\": " + json_number(runs.high) +
           ", \"error\": " + json_string(runs.error) + ", \"repeat\": " + json_string(repeat) + "}";
}

}  // namespace

bool as_published(const FailureResult& result) { return failure_verdict(result) == "ok"; }

std::string failure_verdict(const FailureResult& result) {
    if (!result.flawed.error.empty() || !result.sound.error.empty()) return "did not run";
    if (result.seeds == 0) return "no run";
    if (result.flawed.idle > 0) return "the flawed design sells nothing";
    if (result.sound.idle > 0) return "the sound design sells nothing";
    if (!flaw_shows(result)) return "the flaw does not show";
    if (result.sound.flagged > 0) return "the sound design is flagged";
    if (result.sound.ungated > 0) return "the sound design breaks a gate";
    return "ok";
}

std::string failure_table(const std::vector<FailureResult>& results, double wall_s, const TerminalStyle& style) {
    const Widths widths = widths_of(results, style);
    std::string out = line(widths, "name", "pattern", "oracle", "flawed", "sound") + "verdict\n";
    std::uint64_t good = 0, runs = 0;
    for (const FailureResult& one : results) {
        const bool fine = as_published(one);
        good += fine ? 1 : 0;
        runs += 2 * one.seeds;
        out += line(widths, printable(one.name), printable(one.pattern), one.oracle, share(one.flawed.flagged, one.seeds),
                    share(one.sound.flagged, one.seeds)) +
               painted(failure_verdict(one), fine, style) + "\n";
        if (fine) continue;
        const auto measured = [&](const FailureRuns& of) {
            return of.error.empty() ? one.kpi + " " + kpi_text(one.kpi, of.low) + " to " + kpi_text(one.kpi, of.high) : of.error;
        };
        out += "    flawed: " + measured(one.flawed) + "\n            " + one.repeat_flawed + "\n";
        out += "    sound:  " + measured(one.sound) + "\n            " + one.repeat_sound + "\n";
    }
    out += "\n" + std::to_string(good) + " of " + std::to_string(results.size()) + " behave as published; " + grouped(runs) +
           " runs in " + decimal(wall_s, 1) + " s\n";
    return out;
}

std::string failure_json(const std::vector<FailureResult>& results, double wall_s) {
    std::string out = "{\n  \"wall_s\": " + json_number(wall_s) + ",\n  \"failures\": [";
    const char* comma = "";
    for (const FailureResult& one : results) {
        out += std::string(comma) + "\n    {\"number\": " + json_string(one.number) + ", \"name\": " + json_string(one.name) +
               ", \"pattern\": " + json_string(one.pattern) + ",\n     \"oracle\": " + json_string(one.oracle) +
               ", \"seeds\": " + std::to_string(one.seeds) + ", \"verdict\": " + json_string(failure_verdict(one)) +
               ",\n     \"flawed\": " + runs_json(one.flawed, one.repeat_flawed) +
               ",\n     \"sound\": " + runs_json(one.sound, one.repeat_sound) + ",\n     \"reports\": [";
        for (std::size_t i = 0; i < one.reports.size(); ++i) out += (i == 0 ? "" : ", ") + json_string(one.reports[i]);
        out += "]}";
        comma = ",";
    }
    return out + "\n  ]\n}\n";
}

}  // namespace lastunit::reports
