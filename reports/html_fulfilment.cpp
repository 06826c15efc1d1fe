// How orders were sent and handed over: figures and methods.
#include "reports/html_parts.hpp"
#include "reports/html_sections.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

using model::RunRecord;

void term(std::string& html, std::string_view name, const std::string& value_text) {
    html += "<div><dt>" + escape(name) + "</dt><dd>" + escape(value_text) + "</dd></div>\n";
}

std::string figures(const RunRecord& record) {
    const auto& k = record.kpi();
    std::string html;
    if (k.parcels() > 0) {
        term(html, "parcels sent", grouped(k.parcels()) + ", " + decimal(k.shipments_per_order(), 3) + " per order sent");
        term(html, "orders split over nodes", percent(k.split_rate()));
        term(html, "distance", decimal(k.parcel_km(), 0) + " km per parcel, " + decimal(k.total_km(), 0) + " km in all");
    }
    if (k.order_to_ready_s().count() > 0) {
        term(html, "pick-ups ready in time", percent(k.ready_in_time_rate()));
        term(html, "order to ready",
             span_of(k.order_to_ready_s(), k.order_to_ready_s().p50()) + ", p90 " +
                 span_of(k.order_to_ready_s(), k.order_to_ready_s().p90()));
    }
    if (k.order_to_door_s().count() > 0)
        term(html, "order to door",
             span_of(k.order_to_door_s(), k.order_to_door_s().p50()) + ", p90 " +
                 span_of(k.order_to_door_s(), k.order_to_door_s().p90()));
    if (k.walk_ins_lost_units() > 0)
        term(html, "walk-in sales lost to online orders",
             counted(k.walk_ins_lost_units(), "unit") + ", " + money(k.walk_ins_lost_value(), record.identity().currency()));
    if (k.labour_h() > 0)
        term(html, "labour",
             decimal(k.labour_h(), 0) + " h" + (k.overtime_h() > 0 ? ", and " + decimal(k.overtime_h(), 1) + " h overtime" : ""));
    return html.empty() ? "" : "<dl class=\"terms\">\n" + html + "</dl>\n";
}

}  // namespace

std::string fulfilment_section(const RunRecord& record) {
    const std::string text = figures(record);
    if (text.empty()) return "";
    return section("fulfilment", "Fulfilment", "Parcels and pick-ups, from the accepted order to the door or the counter.", text);
}

}  // namespace lastunit::reports
