#include "reports/load/terminal_shop.hpp"

#include <algorithm>
#include <vector>

#include "reports/load/latency.hpp"
#include "reports/load/words.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

using model::LoadReport;

constexpr std::size_t kMostAnswers = 8;  // refusals and errors by rule, of all steps

void steps_table(const LoadReport& load, Canvas& canvas) {
    std::vector<std::vector<Cell>> rows;
    const auto count = [](std::uint64_t n, Tone tone) { return Cell{n == 0 ? "-" : grouped(n), n == 0 ? Tone::faint : tone}; };
    for (const auto& step : load.flow_steps())
        rows.push_back({{canvas.name(step.step())},
                        {grouped(step.shoppers())},
                        {grouped(step.passed())},
                        {grouped(step.requests())},
                        count(requests_answered(step, "out_of_stock"), Tone::plain),
                        count(requests_answered(step, "conflict"), Tone::warning),
                        count(requests_answered(step, "error"), Tone::bad),
                        count(requests_answered(step, "unknown"), Tone::bad),
                        {quantile_text(step.latency(), 0.5)},
                        {quantile_text(step.latency(), 0.95)},
                        {quantile_text(step.latency(), 0.99)},
                        {quantile_text(step.latency(), 1)}});
    canvas.table({{"step", Align::left},
                  {"shoppers"},
                  {"passed"},
                  {"requests"},
                  {"sold out"},
                  {"conflict"},
                  {"error"},
                  {"unknown"},
                  {"p50"},
                  {"p95", Align::right, Need::if_room},
                  {"p99"},
                  {"max"}},
                 std::move(rows));
}

void refusals_by_rule(const LoadReport& load, Canvas& canvas) {
    struct Row {
        const model::FlowStepLoad* step;
        const model::FlowAnswer* answer;
    };
    std::vector<Row> rows;
    for (const auto& step : load.flow_steps())
        for (const auto& answer : step.answers())
            if (answer.answer() != "accepted") rows.push_back({&step, &answer});
    std::stable_sort(rows.begin(), rows.end(),
                     [](const Row& a, const Row& b) { return a.answer->requests() > b.answer->requests(); });
    for (std::size_t i = 0; i < std::min(rows.size(), kMostAnswers); ++i) {
        const auto& [step, answer] = rows[i];
        const std::string status = answer->status() == 0 ? "no status" : std::to_string(answer->status());
        canvas.wrapped(std::vector<Cell>{
            {"  " + grouped(answer->requests()) + " " + canvas.name(step->step()) + " " + canvas.name(answer->answer())},
            {", " + status + (answer->why().empty() ? "" : ": " + canvas.name(answer->why())), Tone::faint}});
    }
    if (rows.size() > kMostAnswers) canvas.line("  and " + counted(rows.size() - kMostAnswers, "other answer"));
}

}  // namespace

void shop_steps(const LoadReport& load, Canvas& canvas) {
    if (load.flow_steps().empty()) return;
    canvas.heading("Step by step", "requests to the shop, its answers by the flow's rules, and how long they took");
    steps_table(load, canvas);
    refusals_by_rule(load, canvas);
    if (const auto cpu = shop_cpu_text(load)) canvas.wrapped({{"  " + *cpu}});
}

}  // namespace lastunit::reports
