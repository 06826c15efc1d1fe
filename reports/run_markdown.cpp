#include "reports/run_markdown.hpp"

#include "reports/cost_terms.hpp"
#include "reports/fulfilment_figures.hpp"
#include "reports/gates.hpp"
#include "reports/load/latency.hpp"
#include "reports/load/markdown_shop.hpp"
#include "reports/load/words.hpp"
#include "reports/markdown.hpp"
#include "reports/partial.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

using model::LoadReport;
using model::RunRecord;

std::string bold(const std::string& text) { return "**" + markdown_text(text) + "**"; }

std::string upper(std::string text) {
    for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return text;
}

std::string validity(const LoadReport& load) {
    if (is_valid(load)) return "- " + bold("VALID") + ": every operation was sent when the schedule had it\n";
    std::string out;
    for (const std::string& why : load.invalid()) out += "- " + bold("INVALID") + ": " + markdown_text(why) + "\n";
    return out;
}

std::string outcome(const RunRecord& record) {
    const auto& k = record.kpi();
    const auto shop = shop_headline(record.load());
    std::string out = shop ? "- " + bold(shop->verdict) + markdown_text(shop->rest) + "\n"
                           : "- " + bold("oversold " + grouped(k.oversold_units())) + " of " +
                                 counted(k.units_accepted(), "unit") + " (" + percent(k.oversell_rate()) + "), undersold " +
                                 grouped(k.undersold_units()) + ", judged against the truth\n";
    if (record.identity().partial()) out += "- " + bold("PARTIAL") + ": stopped " + stopped_text(record.identity()) + "\n";
    return out;
}

// What people put on dashboards; a shop's clock says nothing of fulfilment and cost, so of a simulated run alone.
std::string figures(const RunRecord& record) {
    const auto& k = record.kpi();
    const auto& time = k.fulfilment_time_s();
    std::string out = "\n" + markdown_row({"figure", "value"}) + "|---|--:|\n";
    const auto row = [&](const std::string& name, const std::string& value) { out += markdown_row({name, value}); };
    row("oversold units", grouped(k.oversold_units()) + " (" + percent(k.oversell_rate()) + ")");
    row("undersold units", grouped(k.undersold_units()));
    row("lost sales, units", grouped(k.lost_sales_units()));
    if (k.orders_accepted() > 0) row("promises kept", percent(k.promise_kept_rate()));
    if (time.count() > 0)
        row("fulfilment, p50, p90, p95, p99", span_of(time, time.p50()) + ", " + span_of(time, time.p90()) + ", " +
                                                  p95_text(time) + ", " + span_of(time, time.p99()));
    if (k.orders_accepted() > 0)
        row("cost per order", decimal(k.cost_per_order(), 2) + " " + record.identity().currency() +
                                  (cost_of(k.cost_terms(), "labour") != 0 ? "" : ", without labour"));
    for (const auto& edge : record.edges())
        if (edge.lag_s().count() > 0) row("sync lag p99, " + edge.name(), span_of(edge.lag_s(), edge.lag_s().p99()));
    return out;
}

std::string audit(const LoadReport& load) {
    std::string out;
    if (load.has_audit()) out += "- audit: " + bold(load.audit().headline()) + "\n";
    for (const auto& check : load.audit().checks())
        if (check.verdict() != "sound")
            out += "  - " + markdown_text(check.name()) + " " + bold(upper(check.verdict())) + ": " +
                   markdown_text(check.text()) + "\n";
    if (const auto left_out = baskets_left_out_text(load)) out += "- " + markdown_text(*left_out) + "\n";
    if (const auto unknown = unknown_text(load)) out += "- " + markdown_text(*unknown) + "\n";
    return out;
}

std::string gates(const RunRecord& record) {
    std::string out;
    for (const auto& gate : record.gates())
        out += "- gate " + markdown_text(gate.text()) + ": " +
               bold(gate.not_judged() ? "not judged"
                    : gate.passed()   ? "PASS"
                                      : "FAIL") +
               ", measured " + markdown_text(kpi_text(gate.kpi(), gate.value())) + "\n";
    return out;
}

std::string times(const LoadReport& load) {
    std::string out = "\n" + markdown_row({"time", "p50", "p90", "p99", "p99.9", "max"}) + "|---|--:|--:|--:|--:|--:|\n";
    for (const LatencyRow& row : latency_rows(load)) {
        const auto& h = *row.histogram;
        out += markdown_row({row.name, quantile_text(h, 0.5), quantile_text(h, 0.9), quantile_text(h, 0.99),
                             quantile_text(h, 0.999), quantile_text(h, 1)});
    }
    out += "\n" + counted(load.intended(), "operation") + ", " + rate_text(load.rate_held()) + " held of " +
           rate_text(load.rate_intended()) + " intended; " + grouped(load.refused()) + " refused";
    std::string_view before = ": ";
    for (const RefusalRow& refusal : refusals_of(load)) {
        out += std::string(before) + markdown_text(refusal.outcome) + " " + grouped(refusal.count);
        before = ", ";
    }
    out += ".\n";
    if (const auto hidden = hidden_by_service_time(load)) out += "\n" + markdown_text(*hidden) + "\n";
    return out;
}

std::string faults(const LoadReport& load) {
    if (load.faults().empty()) return "";
    std::string out = "\n" + markdown_row({"fault", "when", "what was done"}) + "|---|---|---|\n";
    for (const auto& fault : load.faults()) {
        const bool done = fault.left_out().empty();
        out += markdown_row({fault.name(), done ? window_text(fault.from_s(), fault.until_s()) : "-",
                             done ? fault.done() : "left out: " + fault.left_out()});
    }
    return out;
}

std::string predicted(const LoadReport& load) {
    if (!load.has_prediction()) return "";
    std::string out = "\n" + markdown_row({"", "predicted", "measured", "gap"}) + "|---|--:|--:|--:|\n";
    for (const auto& figure : load.prediction().figures())
        out += markdown_row({figure.name(), predicted_text(figure, figure.predicted()), predicted_text(figure, figure.measured()),
                             gap_text(figure)});
    return out;
}

}  // namespace

std::string run_markdown(const RunRecord& record) {
    const bool live = record.has_load();
    const LoadReport& load = record.load();
    const auto& id = record.identity();
    const std::string title = id.scenario_title().empty() ? id.scenario() : id.scenario_title();
    std::string out = std::string("### ") + (live ? "Live run of " : "Run of ") + markdown_text(title) + "\n\n";
    if (live) out += markdown_text(target_text(load)) + ", at " + speed_text(load.speed()) + "; ";
    out += "design " + markdown_text(id.design()) + ", seed " + std::to_string(id.seed()) + ", lastunit " +
           markdown_text(id.commit()) + ".\n\n";
    if (live) out += validity(load);
    out += outcome(record);
    if (live) out += audit(load) + shop_findings_markdown(load);
    out += gates(record);
    if (!live) out += figures(record);
    if (live) out += times(load) + shop_steps_markdown(load) + faults(load);
    if (!load.audit().stories().empty()) out += "\n" + markdown_block(load.audit().stories(0));
    out += predicted(load);
    if (!id.repeat_command().empty()) out += "\nAgain: " + markdown_code(id.repeat_command()) + "\n";
    return out;
}

}  // namespace lastunit::reports
