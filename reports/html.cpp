#include "reports/html.hpp"

#include <string_view>

#include "reports/channels.hpp"
#include "reports/html_page.hpp"
#include "reports/html_parts.hpp"
#include "reports/html_sections.hpp"
#include "reports/load/words.hpp"
#include "reports/partial.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

using model::RunRecord;

std::string title_of(const RunRecord& record) {
    const auto& id = record.identity();
    return id.scenario_title().empty() ? id.scenario() : id.scenario_title();
}

std::string subtitle(const RunRecord& record) {
    const auto& id = record.identity();
    return "<p class=\"sub\">Design <b>" + escape(id.design()) + "</b>, seed " + std::to_string(id.seed()) + ", shoppers for " +
           round_span(id.horizon_s()) + " from " + clock(id.start_of_day_s()) + ", " + round_span(id.simulated_s()) +
           " simulated</p>\n";
}

std::string banners(const RunRecord& record) {
    const auto& id = record.identity();
    std::string html;
    if (!is_valid(record.load()))
        html += "<p class=\"banner\" role=\"status\"><b>INVALID</b> " + escape(invalid_text(record.load())) + ".</p>\n";
    if (!id.partial()) return html;
    return html + "<p class=\"banner\" role=\"status\"><b>PARTIAL RUN</b> stopped " + stopped_text(id) +
           "; every number below is of that part only.</p>\n";
}

std::string headline(const RunRecord& record) {
    const auto& k = record.kpi();
    if (record.load().shards() > 1)
        return "<p class=\"headline\"><b>Shared run</b> <span>of " + std::to_string(record.load().shards()) +
               " generators, none of which sees what the others sold: oversold and undersold units are not known by the truth; "
               "the "
               "audit says what the back end sold twice</span></p>";
    if (k.oversold_units() == 0)
        return "<p class=\"headline good\"><b>Nothing oversold</b> <span>among " + counted(k.units_accepted(), "unit") +
               " accepted</span></p>\n";
    return "<p class=\"headline bad\"><b>Oversold " + grouped(k.oversold_units()) + "</b> <span>of " +
           counted(k.units_accepted(), "unit") + " (" + percent(k.oversell_rate()) + ") in " +
           counted(k.oversold_orders(), "order") + " worth " + escape(money(k.oversold_value(), record.identity().currency())) +
           "</span></p>\n";
}

std::string card(std::string_view label, const std::string& value_text, std::string_view note_text) {
    return "<div class=\"card\"><dt>" + escape(label) + "</dt><dd><b>" + escape(value_text) + "</b><span>" + escape(note_text) +
           "</span></dd></div>\n";
}

std::string cards(const RunRecord& record) {
    const auto& k = record.kpi();
    const std::string& currency = record.identity().currency();
    const auto& time = k.fulfilment_time_s();
    return "<dl class=\"cards\">\n" + card("Undersold", grouped(k.undersold_units()), "units refused although there") +
           card("Lost sales", grouped(k.lost_sales_units()), "units of " + grouped(k.refused_units()) + " refused") +
           card("Cancelled", grouped(k.cancelled_units()),
                record.has_balance() ? "units, " + grouped(record.balance().units_uncollected()) + " of them never fetched"
                                     : "units") +
           card("Rescued", grouped(k.oversold_rescued_units()), "oversold units delivered all the same") +
           card("Fulfilment", span_of(time, time.p50()), "median; p99 " + span_of(time, time.p99())) +
           card("Promise kept", percent(k.promise_kept_rate()), "of promises that fell due") +
           card("Cost per order", decimal(k.cost_per_order(), 2) + " " + currency,
                (tills_took_orders(record) ? "all channels, tills among them; " : "") + percent(k.split_rate()) +
                    " of those sent were split") +
           card("Revenue", decimal(static_cast<double>(k.revenue()) / 100, 0), currency + ", not cancelled") +
           card("Orders", grouped(k.orders_accepted()), counted(k.units_accepted(), "unit")) +
           card("Shoppers", grouped(k.shoppers()), percent(k.conversion()) + " bought") + "</dl>\n";
}

}  // namespace

std::string to_html(const RunRecord& record) {
    HtmlPage page;
    page.title_text = title_of(record);
    page.header_html = subtitle(record) + banners(record) + headline(record);
    page.body_html = cards(record);
    for (const auto section_of : {gates_section, live_section, day_section, channels_section, causes_section, fulfilment_section,
                                  cost_section, map_section, edges_section, shoppers_section, balance_section, identity_section})
        page.body_html += section_of(record);
    page.script = HtmlPage::Script::read_out;
    return html_page(page);
}

}  // namespace lastunit::reports
