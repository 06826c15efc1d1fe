#include "reports/openmetrics.hpp"

#include <utility>
#include <vector>

#include "reports/json.hpp"
#include "reports/load/latency.hpp"
#include "reports/load/words.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

using model::RunRecord;
using Labels = std::vector<std::pair<std::string, std::string>>;

// OpenMetrics 1.0, ABNF of escaped strings.
std::string quoted(std::string_view value) {
    std::string out = "\"";
    for (const char c : valid_utf8(value)) {
        if (c == '\n') {
            out += "\\n";
            continue;
        }
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + "\"";
}

class Text {
   public:
    explicit Text(Labels run) : run_(std::move(run)) {}

    void family(std::string_view name, std::string_view type, std::string_view help) {
        name_ = "lastunit_" + std::string(name);
        out_ += "# TYPE " + name_ + " " + std::string(type) + "\n# HELP " + name_ + " " + std::string(help) + "\n";
    }
    void sample(double value, const Labels& more = {}, std::string_view suffix = "") {
        const std::string number = json_number(value);
        out_ += name_ + std::string(suffix) + "{";
        std::string_view comma = "";
        for (const Labels* labels : {&std::as_const(run_), &more})
            for (const auto& [label, text] : *labels) {
                out_ += std::string(comma) + label + "=" + quoted(text);
                comma = ",";
            }
        out_ += "} " + (number == "null" ? "NaN" : number) + "\n";
    }
    void gauge(std::string_view name, std::string_view help, double value) {
        family(name, "gauge", help);
        sample(value);
    }
    std::string take() { return std::move(out_) + "# EOF\n"; }

   private:
    Labels run_;
    std::string name_, out_;
};

double number(std::uint64_t value) { return static_cast<double>(value); }

void outcome(const RunRecord& record, Text& text) {
    const auto& k = record.kpi();
    text.gauge("oversold_units", "Units accepted that no uncommitted physical unit stood behind.", number(k.oversold_units()));
    text.gauge("units_accepted", "Units accepted.", number(k.units_accepted()));
    text.gauge("orders_accepted", "Orders accepted.", number(k.orders_accepted()));
    text.gauge("undersold_units", "Units refused although the eligible truth could have served them.",
               number(k.undersold_units()));
    text.gauge("lost_sales_units", "Units refused to shoppers who did not find them elsewhere.", number(k.lost_sales_units()));
    text.gauge("partial", "1 where the run was stopped before its end.", record.identity().partial() ? 1 : 0);
    if (record.gates().empty()) return;
    text.family("gate", "gauge", "1 passed, 0 failed; absent where it was not judged.");
    for (const auto& gate : record.gates())
        if (!gate.not_judged()) text.sample(gate.passed() ? 1 : 0, {{"gate", gate.text()}});
}

void latency(const char* name, const char* help, const model::LatencyHistogram& histogram, Text& text) {
    text.family(name, "summary", help);
    for (const auto& [label, q] : {std::pair{"0.5", 0.5}, {"0.9", 0.9}, {"0.99", 0.99}, {"0.999", 0.999}, {"1", 1.0}})
        if (histogram.total() > 0) text.sample(quantile_s(histogram, q), {{"quantile", label}});
    text.sample(number(histogram.sum_ns()) / 1e9, {}, "_sum");
    text.sample(number(histogram.total()), {}, "_count");
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
    if (record.has_load()) live(record.load(), text);
    return text.take();
}

}  // namespace lastunit::reports
