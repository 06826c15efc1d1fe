// The page's section on a live run.
#include <algorithm>

#include "reports/html_parts.hpp"
#include "reports/html_sections.hpp"
#include "reports/load/html_sections.hpp"
#include "reports/load/latency.hpp"
#include "reports/load/words.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

using model::LoadReport;
using Kind = HtmlColumn::Kind;
using Rows = std::vector<std::vector<std::string>>;

std::string validity(const LoadReport& load) {
    if (is_valid(load))
        return "<p><span class=\"verdict good\">&#10003; VALID</span> every operation was sent when the schedule had it</p>\n";
    std::string html = "<p class=\"verdict bad\">&#10007; INVALID: " + escape(invalid_text(load)) + "</p>\n<ul>\n";
    for (const std::string& why : load.invalid()) html += "<li>" + escape(why) + "</li>\n";
    return html + "</ul>\n";
}

std::string figures(const LoadReport& load) {
    std::string html;
    const auto term = [&](const char* name, const std::string& value) {
        html += std::string("<div><dt>") + name + "</dt><dd>" + escape(value) + "</dd></div>\n";
    };
    term("rate intended", rate_text(load.rate_intended()) + ", busiest second " + rate_text(load.rate_intended_peak()));
    term("rate held", rate_text(load.rate_held()) + " answered, over " + span(load.span_s()));
    term("operations", grouped(load.intended()) + ": " + grouped(load.applied()) + " applied, " + grouped(load.refused()) +
                           " refused, " + grouped(load.unknown()) + " unknown");
    term("attempts", grouped(load.attempts()) + ": " + grouped(load.overloaded()) + " sent away unseen, " +
                         grouped(load.no_answer()) + " without an answer");
    term("unknown for a while, then known", grouped(load.resolved()));
    term("in flight, peak", grouped(load.in_flight_peak()));
    if (load.dispatch_capacity() > 0) term("the generator could have sent", rate_text(load.dispatch_capacity()));
    if (load.shards() > 1)
        term(load.shard() > 0 ? "shard" : "generators",
             load.shard() > 0 ? std::to_string(load.shard()) + " of " + std::to_string(load.shards())
                              : std::to_string(load.shards()));
    return "<dl class=\"terms\">\n" + html + "</dl>\n";
}

std::string refusals(const LoadReport& load) {
    const std::vector<RefusalRow> refused = refusals_of(load);
    std::string html;
    Rows rows;
    for (const RefusalRow& row : refused) {
        const double share = load.refused() > 0 ? static_cast<double>(row.count) / static_cast<double>(load.refused()) : 0;
        rows.push_back({escape(row.outcome), grouped(row.count), percent(share), html_bar(share, "warn")});
    }
    if (!rows.empty())
        html += html_table("Refusals", {{"outcome", Kind::text}, {"operations"}, {"share"}, {"", Kind::text}}, rows);
    for (const auto& text : {unknown_text(load), disagreement_text(load)})
        if (text) html += "<p class=\"remark\">" + escape(*text) + ".</p>\n";
    return html.empty() ? "" : "<h3>Refused and unanswered</h3>\n" + html;
}

std::string faults(const LoadReport& load) {
    Rows rows;
    for (const auto& fault : load.faults()) {
        const bool done = fault.left_out().empty();
        rows.push_back({escape(fault.name()), escape(fault.kind()), done ? window_text(fault.from_s(), fault.until_s()) : "-",
                        done ? escape(fault.done()) : "<span class=\"none\">left out: " + escape(fault.left_out()) + "</span>"});
    }
    if (rows.empty()) return "";
    return "<h3>Faults</h3>\n" +
           html_table("Faults under load",
                      {{"fault", Kind::text}, {"kind", Kind::text}, {"when", Kind::text}, {"what was done", Kind::text}}, rows);
}

std::string calibration(const model::LoadPrediction& prediction) {
    Rows rows;
    const auto ms = [](double value) { return value > 0 ? latency_text(value / 1000) : std::string("-"); };
    for (const auto& one : prediction.calibration())
        rows.push_back({escape(one.kind()), grouped(one.samples()), ms(one.mean_ms()), ms(one.p50_ms()), ms(one.p99_ms()),
                        ms(one.busy_ms())});
    if (rows.empty()) return "";
    return details("Service times that the prediction was made with",
                   html_table("Calibration",
                              {{"operation", Kind::text}, {"samples"}, {"mean"}, {"p50"}, {"p99"}, {"each, when busy"}}, rows));
}

std::string prediction(const LoadReport& load) {
    if (!load.has_prediction()) return "";
    Rows rows;
    for (const auto& figure : load.prediction().figures()) {
        const double most = std::max({std::abs(figure.predicted()), std::abs(figure.measured()), 1e-300});
        rows.push_back({escape(figure.name()), predicted_text(figure, figure.predicted()),
                        html_bar(figure.predicted() / most, "calm"), predicted_text(figure, figure.measured()),
                        html_bar(figure.measured() / most, "warn"), escape(gap_text(figure))});
    }
    return "<h3>Predicted beside measured</h3>\n<p class=\"lead\">The simulation of the same schedule, with service times "
           "measured at low "
           "load.</p>\n" +
           html_table("Predicted beside measured",
                      {{"figure", Kind::text}, {"predicted"}, {"", Kind::text}, {"measured"}, {"", Kind::text}, {"gap"}}, rows) +
           calibration(load.prediction());
}

}  // namespace

std::string live_section(const model::RunRecord& record) {
    if (!record.has_load()) return "";
    const LoadReport& load = record.load();
    return section("live", "Live run", target_text(load) + ", at " + speed_text(load.speed()),
                   validity(load) + figures(load) + load_over_time(load) + load_latencies(load) + refusals(load) + faults(load) +
                       load_audit_part(load) + prediction(load));
}

}  // namespace lastunit::reports
