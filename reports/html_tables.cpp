#include <algorithm>
#include <map>

#include "reports/balance.hpp"
#include "reports/gates.hpp"
#include "reports/html_parts.hpp"
#include "reports/html_sections.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

using model::RunRecord;
using Rows = std::vector<std::vector<std::string>>;
using Kind = HtmlColumn::Kind;

double ratio(std::uint64_t part, std::uint64_t whole) {
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

std::string verdict(std::string_view word, std::string_view tone) {
    return "<span class=\"verdict " + std::string(tone) + "\">" + std::string(word) + "</span>";
}

std::string funnel(const RunRecord& record) {
    const auto& f = record.funnel();
    if (f.arrived() == 0) return "";
    Rows rows;
    const auto stage = [&](std::string_view name, std::uint64_t count) {
        rows.push_back(
            {escape(name), grouped(count), percent(ratio(count, f.arrived())), html_bar(ratio(count, f.arrived()), "calm")});
    };
    stage("arrived", f.arrived()), stage("browsed", f.browsed()), stage("wanted it, saw it there", f.saw_available()),
        stage("filled a cart", f.carted());
    stage("reached the checkout", f.reached_checkout()), stage("placed an order", f.placed()), stage("paid", f.paid());
    stage("received it", f.received());
    return html_table("Funnel", {{"step", Kind::text}, {"shoppers"}, {"of arrived"}, {"", Kind::text}}, rows);
}

std::string journeys(const RunRecord& record) {
    if (record.journeys().empty()) return "";
    std::uint64_t all = 0;  // not kpi.orders_accepted, which leaves the warm-up out
    for (const auto& j : record.journeys()) all += j.orders();
    Rows rows;
    for (const auto& j : record.journeys()) {
        const double share = ratio(j.orders(), all);
        rows.push_back({escape(j.name()), grouped(j.orders()), percent(share), html_bar(share, "calm")});
    }
    return html_table("Journeys that led to an order", {{"journey", Kind::text}, {"orders"}, {"of all"}, {"", Kind::text}}, rows);
}

std::string personas(const RunRecord& record) {
    if (record.personas().empty()) return "";
    Rows rows;
    for (const auto& p : record.personas())
        rows.push_back({escape(p.name()), grouped(p.shoppers()), grouped(p.buyers()), percent(ratio(p.buyers(), p.shoppers()))});
    return html_table("Personas", {{"persona", Kind::text}, {"shoppers"}, {"buyers"}, {"conversion"}}, rows);
}

std::string switches(const RunRecord& record) {
    if (record.switches().empty()) return "";
    std::vector<std::string> names;  // in channel order, then whatever else occurs
    const auto note = [&](const std::string& name) {
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    };
    for (const auto& channel : record.channels()) note(channel.name());
    std::map<std::pair<std::string, std::string>, std::uint64_t> counts;
    std::uint64_t most = 1;
    for (const auto& s : record.switches()) {
        note(s.from()), note(s.to());
        most = std::max(most, counts[{s.from(), s.to()}] += s.count());
    }
    std::vector<HtmlColumn> columns = {{"from \\ to", Kind::text}};
    for (const auto& name : names) columns.push_back({name});
    Rows rows;
    for (const auto& from : names) {
        auto& row = rows.emplace_back(std::vector<std::string>{escape(from)});
        for (const auto& to : names) {
            const std::uint64_t count = counts[{from, to}];
            row.push_back(count == 0 ? "<span class=\"none\">&middot;</span>"
                                     : "<span class=\"heat\" style=\"--s:" + coordinate(ratio(count, most) * 100) + "%\">" +
                                           grouped(count) + "</span>");
        }
    }
    return html_table("Switches of channel", columns, rows);
}

void term(std::string& html, std::string_view name, const std::string& value_text) {
    if (!value_text.empty()) html += "<div><dt>" + escape(name) + "</dt><dd>" + escape(value_text) + "</dd></div>\n";
}

std::string rejected_rows(const RunRecord& record) {
    if (record.rejected_row_count() == 0 && record.skipped_row_count() == 0) return "";
    Rows rows;
    for (const auto& row : record.rejected_rows()) rows.push_back({grouped(row.line()), escape(row.reason())});
    return details(
        "Order log: " + counted(record.rejected_row_count(), "row") + " rejected, " + grouped(record.skipped_row_count()) +
            " left out by the scenario's rules",
        html_table("Rejected rows, the first " + std::to_string(rows.size()), {{"line"}, {"reason", Kind::text}}, rows));
}

}  // namespace

std::string gates_section(const RunRecord& record) {
    if (record.gates().empty()) return "";
    Rows rows;
    for (const auto& gate : record.gates())
        rows.push_back({escape(gate.text()), escape(kpi_text(gate.kpi(), gate.value())),
                        gate.not_judged() ? "not judged"
                        : gate.passed()   ? verdict("&#10003; PASS", "good")
                                          : verdict("&#10007; FAIL", "bad")});
    const auto judged =
        std::count_if(record.gates().begin(), record.gates().end(), [](const auto& g) { return !g.not_judged(); });
    const auto passed = std::count_if(record.gates().begin(), record.gates().end(), [](const auto& g) { return g.passed(); });
    const std::string lead = record.identity().partial()        ? "Not judged: the run was stopped before its end."
                             : !record.load().invalid().empty() ? "Not judged: the live run is INVALID."
                             : judged == 0 ? "Not judged: one run says nothing against a baseline; lastunit gate does."
                             : passed == judged
                                 ? "All " + std::to_string(judged) + " gates passed."
                                 : std::to_string(judged - passed) + " of " + std::to_string(judged) + " gates failed.";
    return section("gates", "Gates", lead,
                   html_table("Gates", {{"gate", Kind::text}, {"measured"}, {"verdict", Kind::text}}, rows));
}

std::string channels_section(const RunRecord& record) {
    if (record.channels().empty()) return "";
    Rows rows;
    for (const auto& channel : record.channels()) {
        const auto& k = channel.kpi();
        const double share = ratio(k.oversold_units(), record.kpi().oversold_units());
        rows.push_back({escape(channel.name()), grouped(k.shoppers()), grouped(k.orders_accepted()), grouped(k.units_accepted()),
                        grouped(k.oversold_units()), percent(k.oversell_rate()), html_bar(share, "bad"),
                        grouped(k.undersold_units()), grouped(k.lost_sales_units()), grouped(k.cancelled_units()),
                        escape(channel.reservation() + " on " + channel.decides_on())});
    }
    return section("channels", "Channels",
                   "Units unless it says otherwise. The bar is the channel's share of all oversold units.",
                   html_table("Channels",
                              {{"channel", Kind::text},
                               {"shoppers"},
                               {"orders"},
                               {"units"},
                               {"oversold"},
                               {"rate"},
                               {"share", Kind::text},
                               {"undersold"},
                               {"lost sales"},
                               {"cancelled"},
                               {"reserves, decides", Kind::text}},
                              rows));
}

std::string edges_section(const RunRecord& record) {
    if (record.edges().empty()) return "";
    Rows rows;
    for (const auto& e : record.edges()) {
        const auto& lag = e.lag_s();
        rows.push_back({escape(e.name()), escape(e.from() + " to " + e.to()), escape(e.kind()), grouped(e.messages()),
                        grouped(e.lost()), span_of(lag, lag.p50()), span_of(lag, lag.p90()), span_of(lag, lag.p99()),
                        span_of(lag, lag.max())});
    }
    return section("edges", "Sync edges", "Lag: from the change at the source until it is applied at the consumer.",
                   html_table("Sync edges",
                              {{"edge", Kind::text},
                               {"from, to", Kind::text},
                               {"kind", Kind::text},
                               {"messages"},
                               {"lost"},
                               {"lag p50"},
                               {"p90"},
                               {"p99"},
                               {"max"}},
                              rows));
}

std::string shoppers_section(const RunRecord& record) {
    const std::string tables = funnel(record);
    const std::string others = journeys(record) + personas(record);
    const std::string matrix = switches(record);
    if (tables.empty() && others.empty() && matrix.empty()) return "";
    const auto& k = record.kpi();
    return section("shoppers", "Shoppers",
                   percent(k.channel_integration_rate()) + " used two or more channels; " +
                       percent(k.cross_channel_conversion()) + " of those who switched bought; " + percent(k.ropo_ratio()) +
                       " of store purchases began online; " + grouped(k.carts_lost_by_switch()) + " carts were lost by a switch.",
                   "<div class=\"pair\">\n<div>" + tables + "</div><div>" + others + "</div></div>\n<div class=\"matrix\">\n" +
                       matrix + "</div>\n");
}

std::string balance_section(const RunRecord& record) {
    const auto lines = balance(record);
    if (lines.empty()) return "";
    const auto broken = std::count_if(lines.begin(), lines.end(), [](const auto& line) { return !line.closes(); });
    Rows rows;
    for (const auto& line : lines)
        rows.push_back({escape(line.sentence), grouped(line.left), grouped(line.right),
                        line.closes() ? verdict("&#10003; closes", "good") : verdict("&#10007; BROKEN", "bad")});
    const std::string table = html_table("Balance", {{"sentence", Kind::text}, {"left"}, {"right"}, {"", Kind::text}}, rows);
    const std::string lead = broken == 0 ? "Every unit is somewhere: all " + std::to_string(lines.size()) + " lines close."
                                         : std::to_string(broken) + " of " + std::to_string(lines.size()) +
                                               " lines do not close: the record contradicts itself, do not trust it.";
    const auto& b = record.balance();
    const std::string uncollected = b.units_uncollected() == 0 ? ""
                                                               : " " + counted(b.units_uncollected(), "unit") +
                                                                     (b.units_uncollected() == 1 ? " was" : " were") +
                                                                     " ready, never fetched, and went back to the shelf.";
    return section("balance", "Balance", lead + uncollected, broken == 0 ? details("The lines", table) : table);
}

std::string identity_section(const RunRecord& record) {
    const auto& id = record.identity();
    std::string html = "<dl class=\"terms\">\n";
    term(html, "scenario", id.scenario() + (id.scenario_file().empty() ? "" : ", " + id.scenario_file()));
    term(html, "scenario hash", id.scenario_hash());
    term(html, "design", id.design());
    term(html, "seed", std::to_string(id.seed()));
    term(html, "fingerprint", id.fingerprint());
    term(html, "shoppers' fingerprint", id.shoppers_fingerprint());
    term(html, "lastunit",
         id.version() + (id.commit().empty() ? "" : ", commit " + id.commit()) + (id.build().empty() ? "" : ", " + id.build()));
    term(html, "simulated", span(id.simulated_s()) + (id.partial() ? ", partial" : ""));
    if (id.warm_up_s() > 0) term(html, "warm-up", span(id.warm_up_s()) + ", left out of the KPIs");
    term(html, "events",
         grouped(id.events()) + (id.wall_s() > 0 ? " in " + span(id.wall_s()) + ", " +
                                                       decimal(static_cast<double>(id.events()) / id.wall_s(), 0) + " per second"
                                                 : ""));
    term(html, "messages", grouped(id.messages()));
    term(html, "core commands", grouped(id.core_commands()));
    term(html, "SimGrid activities", grouped(id.simgrid_activities()));
    term(html, "pending events at most", grouped(id.peak_pending_events()));
    if (id.peak_memory_bytes() > 0)
        term(html, "memory at most", decimal(static_cast<double>(id.peak_memory_bytes()) / 1048576, 0) + " MiB");
    html += "</dl>\n";
    if (!id.repeat_command().empty())
        html += "<p class=\"lead\">" + std::string(id.partial() ? "Repeat the whole run:" : "Repeat it:") + "</p>\n<pre><code>" +
                escape(id.repeat_command()) + "</code></pre>\n";
    return section("identity", "This run", "The same scenario, seed and commit give the same fingerprint.",
                   html + rejected_rows(record));
}

}  // namespace lastunit::reports
