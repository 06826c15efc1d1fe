// All nodes in two tables: of the many columns those that say something in this run.
#include <algorithm>
#include <functional>

#include "reports/html_parts.hpp"
#include "reports/html_sections.hpp"
#include "reports/node_text.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

using model::NodeKpi;
using model::RunRecord;

struct Column {
    std::string title;
    std::function<double(const NodeKpi&)> value;
    std::function<std::string(const NodeKpi&)> text;
};

Column counts(std::string title, std::uint64_t (NodeKpi::*field)() const) {
    return {std::move(title), [field](const NodeKpi& n) { return static_cast<double>((n.*field)()); },
            [field](const NodeKpi& n) { return grouped((n.*field)()); }};
}

Column measures(std::string title, double (NodeKpi::*field)() const, int decimals) {
    return {std::move(title), [field](const NodeKpi& n) { return (n.*field)(); },
            [field, decimals](const NodeKpi& n) { return decimal((n.*field)(), decimals); }};
}

std::int64_t drift(const NodeKpi& n) { return static_cast<std::int64_t>(n.record_end() - n.stock_end()); }

Column spans(std::string title, const model::TimeStats& (NodeKpi::*field)() const) {
    return {std::move(title), [field](const NodeKpi& n) { return (n.*field)().p99(); },
            [field](const NodeKpi& n) { return span_of((n.*field)(), (n.*field)().p99()); }};
}

std::vector<Column> columns_of_orders() {
    return {
        counts("handled", &NodeKpi::orders),
        counts("shipped", &NodeKpi::units_shipped),
        counts("collected", &NodeKpi::units_handed_over),
        counts("at till", &NodeKpi::units_sold_at_till),
        counts("oversold", &NodeKpi::oversold_units),
        counts("failed picks", &NodeKpi::failed_picks),
        counts("walk-ins lost", &NodeKpi::walk_ins_lost_units),
        counts("returned", &NodeKpi::returned_units),
        counts("sent on", &NodeKpi::units_transferred_out),
        counts("brought", &NodeKpi::units_transferred_in),
        counts("empty", &NodeKpi::empty_cells),
        {"drift", [](const NodeKpi& n) { return static_cast<double>(drift(n)); },
         [](const NodeKpi& n) { return grouped(drift(n)); }},
    };
}

std::vector<Column> columns_of_work() {
    return {
        {"busy", utilisation, [](const NodeKpi& n) { return percent(utilisation(n)); }},
        spans("p99 through it", &NodeKpi::sojourn_s),
        counts("lines waiting", &NodeKpi::backlog_peak),
        counts("walked out", &NodeKpi::walked_out),
        counts("units left behind", &NodeKpi::walked_out_units),
        counts("missed the van", &NodeKpi::missed_cut_offs),
        counts("lockers used", &NodeKpi::compartments_peak),
        counts("lockers full", &NodeKpi::locker_full),
        measures("labour, h", &NodeKpi::labour_h, 0),
        measures("overtime, h", &NodeKpi::overtime_h, 1),
        {"km a parcel", [](const NodeKpi& n) { return n.parcel_km(); }, km_each},
        {"cost by handled", cost_each, [](const NodeKpi& n) { return n.orders() == 0 ? "-" : decimal(cost_each(n), 2); }},
        {"cost", [](const NodeKpi& n) { return static_cast<double>(n.total_cost()); },
         [](const NodeKpi& n) { return decimal(static_cast<double>(n.total_cost()) / 100, 0); }},
    };
}

// Without the columns that are nought at every node.
std::string table(std::string_view caption, const std::vector<const NodeKpi*>& nodes, std::vector<Column> shown) {
    std::erase_if(shown, [&](const Column& column) {
        return std::all_of(nodes.begin(), nodes.end(), [&](const auto* n) { return column.value(*n) == 0; });
    });
    if (shown.empty()) return "";
    std::vector<HtmlColumn> columns = {{"node", HtmlColumn::Kind::text}};
    for (const Column& column : shown) columns.push_back({column.title});
    std::vector<std::vector<std::string>> rows;
    for (const auto* n : nodes) {
        auto& row = rows.emplace_back();
        row.push_back(escape(n->name()) + (n->kind() == "store" ? "" : " <small>" + escape(n->kind()) + "</small>"));
        for (const Column& column : shown) row.push_back(column.text(*n));
    }
    return "<div class=\"dense\">" + html_table(caption, columns, rows) + "</div>\n";
}

}  // namespace

std::string node_tables(const RunRecord& record) {
    std::vector<const NodeKpi*> nodes;
    for (const NodeKpi& node : record.nodes()) nodes.push_back(&node);
    std::stable_sort(nodes.begin(), nodes.end(), [](const auto* a, const auto* b) { return a->orders() > b->orders(); });
    return details("All nodes: orders and stock",
                   "<p class=\"legend\">Handled: parcels and pick-ups begun here, again where they came back after a failed "
                   "pick. Sent on, brought: units, from and to other nodes. Empty: SKUs that had stock or are replenished, and "
                   "have none at the end. Drift: units on record less units there, at the end.</p>\n" +
                       table("All nodes: orders and stock", nodes, columns_of_orders())) +
           details(
               "All nodes: work and cost",
               "<p class=\"legend\">Busy: of the paid time. Lines waiting: for a picker, the most at any time. Walked out: "
               "shoppers "
               "who would not wait to be served. Missed the van: parcels that left a day later. Cost: all that arose here, tills "
               "included; and divided by the parcels and pick-ups handled.</p>\n" +
                   table("All nodes: work and cost", nodes, columns_of_work()));
}

}  // namespace lastunit::reports
