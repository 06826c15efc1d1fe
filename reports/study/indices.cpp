#include "reports/study/indices.hpp"

#include <algorithm>
#include <cmath>

#include "reports/gates.hpp"
#include "reports/json.hpp"
#include "reports/study/kpi_json.hpp"
#include "reports/study/kpi_table.hpp"
#include "reports/study/sweep.hpp"
#include "reports/terminal_canvas.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {

using statistics::Interval;

bool matters(const ScreenedKpi& kpi, std::size_t variable) {
    const Interval& strength = kpi.effects[variable].strength;
    return strength.value > 0 && strength.low > kpi.floors[variable].value_or(0);
}

namespace {

std::string signed_text(const std::string& kpi, double value) {
    return (value < 0 ? "-" : "+") + (value == 0 ? std::string("0") : kpi_text(kpi, std::abs(value)));
}

std::string index_text(const Interval& index) {
    return decimal(index.value, 2) + " (" + decimal(index.low, 2) + " to " + decimal(index.high, 2) + ")";
}

std::string verdict(const ScreenedKpi& kpi, std::size_t variable) {
    if (matters(kpi, variable)) return "matters";
    const double floor = kpi.floors[variable].value_or(0);
    return kpi.effects[variable].strength.value <= floor ? "no effect shown" : "not clear";
}

// Rows of text, in the order of the variables: what every format shows.
using Row = std::vector<std::string>;
const Row kScreenHead{"variable", "strength", "interval", "mean effect", "spread", "by chance", "verdict"};
const Row kShareHead{"variable", "first order", "total"};

std::vector<Row> screen_rows(const Indices& indices, const ScreenedKpi& one) {
    std::vector<Row> out;
    for (std::size_t i = 0; i < one.effects.size(); ++i) {
        const auto& effect = one.effects[i];
        out.push_back({indices.variables[i], kpi_text(one.kpi, effect.strength.value), range_text(one.kpi, effect.strength),
                       signed_text(one.kpi, effect.mean.value), kpi_text(one.kpi, effect.spread),
                       one.floors[i] ? kpi_text(one.kpi, *one.floors[i]) : "-", verdict(one, i)});
    }
    return out;
}

std::vector<Row> share_rows(const Indices& indices, const ExplainedKpi& one) {
    std::vector<Row> out;
    for (std::size_t i = 0; i < one.indices.factors.size(); ++i)
        out.push_back(
            {indices.explaining[i], index_text(one.indices.factors[i].first), index_text(one.indices.factors[i].total)});
    return out;
}

bool varies(const ExplainedKpi& one) { return one.indices.variance.value > 0; }

std::string noise_text(const ExplainedKpi& one) {
    if (!one.noise) return "One replication a point: how much of the variance is chance cannot be told.";
    return percent(*one.noise) +
           " of the variance between points is chance: with other shoppers it would lie otherwise. More "
           "replications make it less.";
}

constexpr const char* kScreenLead =
    "Strength: the mean absolute effect of moving the variable over its whole range; spread beside it: how much the effect "
    "depends "
    "on where the others stand; by chance: the strength of a variable that does nothing.";
constexpr const char* kShareLead =
    "Share of the variance between points that the variable explains alone (first order), and alone or together with others "
    "(total).";

std::string unmeasured(const Indices& indices) {
    std::string out;
    for (const std::string& kpi : indices.not_measured) out += (out.empty() ? "" : ", ") + kpi;
    return out.empty() ? "" : "Not measured in every run: " + out + ".";
}

std::string markdown_table(const Row& head, const std::vector<Row>& rows) {
    const auto line = [](const Row& row) {
        std::string out = "|";
        for (const std::string& cell : row) out += " " + cell + " |";
        return out + "\n";
    };
    std::string out = line(head) + line(Row(head.size(), "---"));
    for (const Row& row : rows) out += line(row);
    return out + "\n";
}

void table(Canvas& out, const Row& head, const std::vector<Row>& rows) {
    std::vector<TableColumn> columns;
    for (const std::string& title : head) columns.push_back({title, columns.empty() ? Align::left : Align::right});
    std::vector<std::vector<Cell>> cells;
    for (const Row& row : rows) {
        cells.emplace_back();
        for (const std::string& text : row)
            cells.back().push_back({text, cells.back().empty() ? Tone::strong : text == "matters" ? Tone::good : Tone::plain});
    }
    out.table(columns, cells);
}

std::string interval_json(const Interval& one) {
    return "{\"mean\": " + json_number(one.value) + ", \"low\": " + json_number(one.low) +
           ", \"high\": " + json_number(one.high) + "}";
}

std::string screen_json(const Indices& indices, const ScreenedKpi& one) {
    std::string out;
    for (std::size_t i = 0; i < one.effects.size(); ++i)
        out += (i == 0 ? "" : ", ") + json_string(indices.variables[i]) +
               ": {\"strength\": " + interval_json(one.effects[i].strength) +
               ", \"mean_effect\": " + interval_json(one.effects[i].mean) +
               ", \"spread\": " + json_number(one.effects[i].spread) +
               ", \"by_chance\": " + (one.floors[i] ? json_number(*one.floors[i]) : "null") +
               ", \"matters\": " + (matters(one, i) ? "true" : "false") + "}";
    return json_string(one.kpi) + ": {" + out + "}";
}

std::string share_json(const Indices& indices, const ExplainedKpi& one) {
    std::string out;
    for (std::size_t i = 0; i < one.indices.factors.size(); ++i)
        out += (i == 0 ? "" : ", ") + json_string(indices.explaining[i]) +
               ": {\"first\": " + interval_json(one.indices.factors[i].first) +
               ", \"total\": " + interval_json(one.indices.factors[i].total) + "}";
    return json_string(one.kpi) + ": {\"variance\": " + interval_json(one.indices.variance) +
           ", \"noise_share\": " + (one.noise ? json_number(*one.noise) : "null") + ", \"variables\": {" + out + "}}";
}

}  // namespace

std::string indices_summary(const Indices& indices, const TerminalStyle& style) {
    Canvas out(style);
    out.heading(out.name(indices.title));
    if (!indices.screened.empty()) {
        out.wrapped(
            {{"Morris screening, " + counted(std::uint64_t{indices.screening_runs}, "run") + ". " + kScreenLead, Tone::faint}});
        for (const ScreenedKpi& one : indices.screened) {
            out.heading(kpi_label(one.kpi));
            table(out, kScreenHead, screen_rows(indices, one));
        }
    }
    if (!indices.explained.empty()) {
        out.line();
        out.wrapped(
            {{"Sobol indices, " + counted(std::uint64_t{indices.explaining_runs}, "run") + ". " + kShareLead, Tone::faint}});
        for (const ExplainedKpi& one : indices.explained) {
            out.heading(kpi_label(one.kpi));
            if (!varies(one)) {
                out.line("  the same at every point");
                continue;
            }
            table(out, kShareHead, share_rows(indices, one));
            out.wrapped({{"  " + noise_text(one), Tone::faint}});
        }
    }
    if (const std::string text = unmeasured(indices); !text.empty()) out.wrapped({{text, Tone::warning}});
    return out.take();
}

std::string indices_json(const Indices& indices) {
    std::string screened, explained;
    for (const ScreenedKpi& one : indices.screened) screened += (screened.empty() ? "" : ",\n") + screen_json(indices, one);
    for (const ExplainedKpi& one : indices.explained) explained += (explained.empty() ? "" : ",\n") + share_json(indices, one);
    std::vector<std::string> kpis;
    for (const ScreenedKpi& one : indices.screened) kpis.push_back(one.kpi);
    for (const ExplainedKpi& one : indices.explained)
        if (std::find(kpis.begin(), kpis.end(), one.kpi) == kpis.end()) kpis.push_back(one.kpi);
    std::string missing;
    for (const std::string& kpi : indices.not_measured) missing += (missing.empty() ? "" : ", ") + json_string(kpi);
    return "{\n\"title\": " + json_string(indices.title) + ",\n\"command\": " + json_string(indices.command) +
           ",\n\"morris\": {" + screened + "},\n\"sobol\": {" + explained +
           "},\n\"morris_runs\": " + std::to_string(indices.screening_runs) +
           ",\n\"sobol_runs\": " + std::to_string(indices.explaining_runs) + ",\n\"not_measured\": [" + missing +
           "],\n\"kpis\": " + kpis_json(kpis) + "\n}\n";
}

std::string indices_csv(const Indices& indices) {
    std::string out = "method,kpi,variable,figure,mean,low,high\n";
    const auto line = [&](const std::string& method, const std::string& kpi, const std::string& variable, const char* figure,
                          const Interval& one) {
        out += method + "," + kpi + ",\"" + variable + "\"," + figure + "," + json_number(one.value) + "," +
               json_number(one.low) + "," + json_number(one.high) + "\n";
    };
    for (const ScreenedKpi& one : indices.screened)
        for (std::size_t i = 0; i < one.effects.size(); ++i) {
            line("morris", one.kpi, indices.variables[i], "strength", one.effects[i].strength);
            line("morris", one.kpi, indices.variables[i], "mean_effect", one.effects[i].mean);
        }
    for (const ExplainedKpi& one : indices.explained)
        for (std::size_t i = 0; i < one.indices.factors.size(); ++i) {
            line("sobol", one.kpi, indices.explaining[i], "first", one.indices.factors[i].first);
            line("sobol", one.kpi, indices.explaining[i], "total", one.indices.factors[i].total);
        }
    return out;
}

std::string indices_markdown(const Indices& indices) {
    std::string out;
    for (const ScreenedKpi& one : indices.screened)
        out += "### " + kpi_label(one.kpi) + ", Morris\n\n" + markdown_table(kScreenHead, screen_rows(indices, one));
    for (const ExplainedKpi& one : indices.explained)
        out +=
            "### " + kpi_label(one.kpi) + ", Sobol\n\n" +
            (varies(one) ? markdown_table(kShareHead, share_rows(indices, one)) + noise_text(one) : "the same at every point") +
            "\n\n";
    return out + unmeasured(indices) + "\n";
}

}  // namespace lastunit::reports
