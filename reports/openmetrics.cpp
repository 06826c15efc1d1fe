#include "reports/openmetrics.hpp"

#include <utility>
#include <vector>

#include "reports/load/openmetrics_shop.hpp"
#include "reports/load/words.hpp"
#include "reports/openmetrics_text.hpp"

namespace lastunit::reports {
namespace {

using model::RunRecord;
using Labels = MetricsLabels;
using Text = MetricsText;

double number(std::uint64_t value) { return static_cast<double>(value); }

void quantiles(const model::TimeStats& time, Text& text, const Labels& more = {}) {
    for (const auto& [label, value] :
         {std::pair{"0.5", time.p50()}, {"0.9", time.p90()}, {"0.95", time.p95()}, {"0.99", time.p99()}, {"1", time.max()}}) {
        if (label == std::string_view("0.95") && !time.has_p95()) continue;
        Labels labels = more;
        labels.emplace_back("quantile", label);
        text.sample(value, labels);
    }
    text.sample(time.mean() * number(time.count()), more, "_sum");
    text.sample(number(time.count()), more, "_count");
}

void outcome(const RunRecord& record, Text& text) {
    const auto& k = record.kpi();
    text.gauge("oversold_units", "Units accepted that no uncommitted physical unit stood behind.", number(k.oversold_units()));
    text.gauge("units_accepted", "Units accepted.", number(k.units_accepted()));
    text.gauge("orders_accepted", "Orders accepted.", number(k.orders_accepted()));
    text.gauge("undersold_units", "Units refused although the eligible truth could have served them.",
               number(k.undersold_units()));
    text.gauge("lost_sales_units", "Units refused to shoppers who did not find them elsewhere.", number(k.lost_sales_units()));
    text.gauge("oversell_ratio", "Oversold units of those accepted, 0 to 1.", k.oversell_rate());
    text.gauge("cancelled_units", "Units of cancelled orders, uncollected ones included.", number(k.cancelled_units()));
    text.gauge("partial", "1 where the run was stopped before its end.", record.identity().partial() ? 1 : 0);
    if (record.gates().empty()) return;
    text.family("gate", "gauge", "1 passed, 0 failed; absent where it was not judged.");
    for (const auto& gate : record.gates())
        if (!gate.not_judged()) text.sample(gate.passed() ? 1 : 0, {{"gate", gate.text()}});
}

// Families whose figure was not measured are left out: a dashboard's gap is truer than its zero.
void fulfilment(const RunRecord& record, Text& text) {
    const auto& k = record.kpi();
    bool due = false;
    for (const model::MethodKpi* method : {&k.ship(), &k.locker(), &k.pickup(), &k.reserve_in_store()})
        due = due || method->promises_due() > 0;
    if (due) text.gauge("promise_kept_ratio", "Promises kept of those that fell due, 0 to 1.", k.promise_kept_rate());
    if (const auto& time = k.fulfilment_time_s(); time.count() > 0) {
        text.family("fulfilment_seconds", "summary", "Accepted until at the door, in the locker, or ready in the store.");
        quantiles(time, text);
    }
    if (k.orders_accepted() == 0) return;
    text.family("cost_per_order", "gauge",
                "Major units; of all terms of cost that the scenario gives, labour where it gives wages.");
    text.sample(k.cost_per_order(), {{"currency", record.identity().currency()}});
}

void lags(const RunRecord& record, Text& text) {
    bool any = false;
    for (const auto& edge : record.edges()) any = any || edge.lag_s().count() > 0;
    if (!any) return;
    text.family("sync_lag_seconds", "summary",
                "Change at the source of an edge until applied at its consumer; of a cache the age of its copy.");
    for (const auto& edge : record.edges())
        if (edge.lag_s().count() > 0) quantiles(edge.lag_s(), text, {{"edge", edge.name()}});
}

void latency(const char* name, const char* help, const model::LatencyHistogram& histogram, Text& text) {
    text.family(name, "summary", help);
    latency_samples(histogram, text);
}

void live(const model::LoadReport& load, Text& text) {
    text.gauge("load_valid", "1 where the load was that of the schedule; else no figure of it counts.", is_valid(load) ? 1 : 0);
    text.family("load_operations", "gauge", "Operations by their final answer.");
    for (const auto& [answer, count] :
         {std::pair{"applied", load.applied()}, {"refused", load.refused()}, {"unknown", load.unknown()}})
        text.sample(number(count), {{"answer", answer}});
    text.gauge("load_rate_intended", "Operations per second of the clock, by the schedule.", load.rate_intended());
    text.gauge("load_rate_held", "Operations answered per second of the clock.", load.rate_held());
    latency("load_response_seconds", "Intended until answered.", load.response(), text);
    latency("load_service_seconds", "First sent until answered.", load.service(), text);
    latency("load_dispatch_lag_seconds", "The generator's own lateness, part of the response.", load.dispatch_lag(), text);
    shop_metrics(load, text);
    if (!load.has_audit()) return;
    text.family("audit_verdict", "gauge", "1 for the verdict of the audit, 0 for the others.");
    for (const char* verdict : {"sound", "refuted", "undecided"})
        text.sample(load.audit().verdict() == verdict ? 1 : 0, {{"verdict", verdict}});
    text.family("audit_oversold_units", "gauge", "Units sold twice, by the recorded history: certainly, and at most.");
    text.sample(static_cast<double>(load.audit().oversold_low()), {{"bound", "low"}});
    text.sample(static_cast<double>(load.audit().oversold_high()), {{"bound", "high"}});
}

}  // namespace

std::string openmetrics(const RunRecord& record) {
    const auto& id = record.identity();
    Labels run = {{"scenario", id.scenario()}, {"design", id.design()}, {"seed", std::to_string(id.seed())}};
    if (record.has_load()) {
        run.emplace_back("target", record.load().target());
        run.emplace_back("mode", record.load().mode());
    }
    Text text(std::move(run));
    outcome(record, text);
    fulfilment(record, text);
    lags(record, text);
    if (record.has_load()) live(record.load(), text);
    return text.take();
}

}  // namespace lastunit::reports
