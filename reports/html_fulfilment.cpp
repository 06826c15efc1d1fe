// How orders were sent and handed over: figures and methods.
#include "reports/fulfilment_figures.hpp"
#include "reports/html_parts.hpp"
#include "reports/html_sections.hpp"
#include "reports/methods.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

using model::RunRecord;
using Kind = HtmlColumn::Kind;
using Rows = std::vector<std::vector<std::string>>;

void term(std::string& html, std::string_view name, const std::string& value_text) {
    html += "<div><dt>" + escape(name) + "</dt><dd>" + escape(value_text) + "</dd></div>\n";
}

std::string figures(const RunRecord& record) {
    std::string html;
    for (const FulfilmentFigure& figure : fulfilment_figures(record)) term(html, figure.label, figure.value + figure.more);
    return html.empty() ? "" : "<dl class=\"terms\">\n" + html + "</dl>\n";
}

std::string methods(const RunRecord& record) {
    const std::vector<MethodRow> all = methods_of(record.kpi());
    if (all.empty()) return "";
    const bool apart = others_due(all);
    std::vector<HtmlColumn> columns = {{"promised", Kind::text}, {"served"}, {"p50"}, {"p90"}, {"p99"}};
    if (apart) columns.push_back({"due"});
    columns.push_back({apart ? "kept of due" : "promise kept"});
    columns.push_back({"", Kind::text});
    Rows rows;
    for (const MethodRow& method : all) {
        const model::MethodKpi& m = *method.kpi;
        const bool due = m.promises_due() > 0;
        auto& row = rows.emplace_back(
            std::vector<std::string>{escape(method.name), grouped(m.orders()), span_of(m.time_s(), m.time_s().p50()),
                                     span_of(m.time_s(), m.time_s().p90()), span_of(m.time_s(), m.time_s().p99())});
        if (apart) row.push_back(grouped(m.promises_due()));
        row.push_back(due ? percent(m.promise_kept_rate()) : "-");
        row.push_back(due ? html_bar(m.promise_kept_rate(), "calm") : "");
    }
    return html_table("By promised method", columns, rows);
}

std::string carriers(const RunRecord& record) {
    Rows rows;
    for (const model::CarrierKpi& c : record.carriers()) {
        if (c.parcels() == 0) continue;
        const auto parcels = static_cast<double>(c.parcels());
        rows.push_back({escape(c.name()), grouped(c.parcels()), percent(static_cast<double>(c.late()) / parcels),
                        grouped(c.spilled()), grouped(c.peak_day()), decimal(static_cast<double>(c.price()) / parcels / 100, 2)});
    }
    if (rows.empty()) return "";
    return "<div class=\"matrix\">\n" +
           html_table("Carriers",
                      {{"carrier", Kind::text}, {"parcels"}, {"late"}, {"waited a day"}, {"peak day"}, {"price each"}}, rows) +
           "</div>\n";
}

}  // namespace

std::string fulfilment_section(const RunRecord& record) {
    const std::string text = figures(record);
    if (text.empty()) return "";
    return section("fulfilment", "Fulfilment", "Parcels and pick-ups, from the accepted order to the door or the counter.",
                   text + methods(record) + carriers(record));
}

}  // namespace lastunit::reports
