#include <algorithm>
#include <memory>

#include "cli/flow/race_ci.hpp"
#include "cli/flow/race_findings.hpp"
#include "cli/version.hpp"
#include "drivers/http/race/race_steps.hpp"
#include "reports/load/latency.hpp"
#include "reports/markdown.hpp"
#include "reports/text.hpp"

namespace lastunit::cli {
namespace {

namespace http = drivers::http;
using reports::markdown_row;
using reports::markdown_text;

constexpr std::size_t kMostRuns = 20;  // in the table

const char* verdict_of(const RaceForCi& of) {
    bool open = !of.problem.empty();
    for (const http::JudgedRace& race : of.races) {
        if (!race.verdict.findings.empty()) return "FAIL";
        open = open || race.verdict.unknown > 0;
    }
    return open ? "INVALID" : "PASS";
}

std::string head(const RaceForCi& of) {
    const http::RaceOptions& options = of.races[0].run.options;
    const std::string title = of.plan.title.empty() ? of.plan.name : of.plan.title;
    return std::string("### ") + verdict_of(of) + " race of " + markdown_text(title) + "\n\n" +
           reports::counted(options.shoppers, "shopper") + " for " +
           reports::counted(static_cast<std::uint64_t>(of.races[0].verdict.stock), "unit") + " of " + markdown_text(options.sku) +
           ", " + markdown_text(http::mode_text(of.plan, options)) + "; " + reports::counted(of.races.size(), "run") +
           ", lastunit " + markdown_text(commit()) + ".\n\n";
}

std::string findings(const RaceForCi& of) {
    std::string out;
    for (const RaceFinding& one : race_findings(of.races)) {
        const std::string kind = markdown_text(http::name_of(one.kind));
        if (one.finding != nullptr) {
            const std::string did = what_shoppers_did(*one.of, *one.finding);
            out += "- **FINDING " + kind + "** in " + reports::grouped(one.runs) + " of " +
                   reports::counted(of.races.size(), "run") + ". " + markdown_text(one.finding->sentence) + "." +
                   (did.empty() ? "" : " " + markdown_text(did)) + "\n";
        } else if (!one.not_judged.empty()) {
            out += "- not judged: " + kind + ", since " + markdown_text(one.not_judged) + "\n";
        }
    }
    if (std::string_view(verdict_of(of)) != "FAIL") out = "- no finding\n" + out;
    if (!of.problem.empty())
        out += "- **INVALID**: run " + std::to_string(of.races.size() + 1) + ": " + markdown_text(of.problem) + "\n";
    return out;
}

std::string or_dash(const std::optional<std::int64_t>& units) { return units ? reports::grouped(*units) : "-"; }

std::string runs(const RaceForCi& of) {
    std::string out =
        "\n" +
        markdown_row({"run", "told accepted", "unknown", "in orders", "reserved or moved", "counter moved by", "findings"}) +
        "|--:|--:|--:|--:|--:|--:|---|\n";
    for (std::size_t i = 0; i < std::min(of.races.size(), kMostRuns); ++i) {
        const http::Verdict& v = of.races[i].verdict;
        std::string kinds;
        for (const http::Finding& finding : v.findings)
            kinds += (kinds.empty() ? "" : ", ") + std::string(http::name_of(finding.kind));
        out += markdown_row({std::to_string(i + 1), reports::grouped(v.told), v.unknown == 0 ? "-" : reports::grouped(v.unknown),
                             or_dash(v.orders), or_dash(v.reservations), or_dash(v.counter), kinds.empty() ? "-" : kinds});
    }
    if (of.races.size() > kMostRuns) out += "\nAnd " + reports::counted(of.races.size() - kMostRuns, "further run") + ".\n";
    return out;
}

std::string latency_at(const http::StepCounts& step, double q) {
    if (step.latency.count() == 0) return "-";
    return reports::latency_text(static_cast<double>(step.latency.quantile_ns(q)) / 1e9);
}

std::string step_row(const http::StepCounts& step) {
    const auto answered = [&](http::Answer answer) {
        const std::uint64_t count = step.classes[static_cast<std::size_t>(answer)];
        return count == 0 ? std::string("-") : reports::grouped(count);
    };
    return markdown_row({step.name, reports::grouped(step.shoppers), reports::grouped(step.passed),
                         reports::grouped(step.requests), answered(http::Answer::out_of_stock), answered(http::Answer::conflict),
                         answered(http::Answer::error), answered(http::Answer::unknown), latency_at(step, 0.5),
                         latency_at(step, 0.95), latency_at(step, 0.99)});
}

std::string steps(const RaceForCi& of) {
    std::size_t shown = 0;  // the run of the first finding
    while (shown < of.races.size() && of.races[shown].verdict.findings.empty()) ++shown;
    if (shown == of.races.size()) shown = 0;
    const http::JudgedRace& race = of.races[shown];
    std::string out = "\nRun " + std::to_string(shown + 1) + " step by step:\n\n" +
                      markdown_row({"step", "shoppers", "passed", "requests", "sold out", "conflict", "error", "unknown", "p50",
                                    "p95", "p99"}) +
                      "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n";
    const auto counts =
        race.steps ? race.steps : std::make_shared<const std::vector<http::StepCounts>>(http::steps_of(of.plan, race.run));
    for (const http::StepCounts& step : *counts) out += step_row(step);
    return out;
}

}  // namespace

std::string race_markdown(const RaceForCi& of) {
    return head(of) + findings(of) + runs(of) + steps(of) + "\nAgain: " + reports::markdown_code(of.command) + "\n";
}

}  // namespace lastunit::cli
