// All nodes in one table: of the many columns those that say something in this run.
#include <algorithm>
#include <functional>

#include "reports/html_parts.hpp"
#include "reports/html_sections.hpp"
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

double cost_each(const NodeKpi& n) {
    return n.orders() == 0 ? 0 : static_cast<double>(n.total_cost()) / static_cast<double>(n.orders()) / 100;
}

std::int64_t drift(const NodeKpi& n) { return static_cast<std::int64_t>(n.record_end() - n.stock_end()); }

std::vector<Column> all_columns() {
    return {
        counts("parcels", &NodeKpi::orders),
        counts("shipped", &NodeKpi::units_shipped),
        counts("collected", &NodeKpi::units_handed_over),
        counts("at till", &NodeKpi::units_sold_at_till),
        counts("oversold", &NodeKpi::oversold_units),
        counts("failed picks", &NodeKpi::failed_picks),
        counts("walk-ins lost", &NodeKpi::walk_ins_lost_units),
        {"busy", [](const NodeKpi& n) { return n.pick_utilisation(); },
         [](const NodeKpi& n) { return percent(n.pick_utilisation()); }},
        {"p99", [](const NodeKpi& n) { return n.sojourn_s().p99(); },
         [](const NodeKpi& n) { return span_of(n.sojourn_s(), n.sojourn_s().p99()); }},
        counts("late for the van", &NodeKpi::missed_cut_offs),
        measures("labour, h", &NodeKpi::labour_h, 0),
        measures("overtime, h", &NodeKpi::overtime_h, 1),
        measures("km", &NodeKpi::parcel_km, 0),
        {"cost each", cost_each, [](const NodeKpi& n) { return n.orders() == 0 ? "-" : decimal(cost_each(n), 2); }},
        {"drift", [](const NodeKpi& n) { return static_cast<double>(drift(n)); },
         [](const NodeKpi& n) { return grouped(drift(n)); }},
    };
}

}  // namespace

std::string node_table(const RunRecord& record) {
    std::vector<const NodeKpi*> nodes;
    for (const NodeKpi& node : record.nodes()) nodes.push_back(&node);
    std::stable_sort(nodes.begin(), nodes.end(), [](const auto* a, const auto* b) { return a->orders() > b->orders(); });
    std::vector<Column> shown = all_columns();
    std::erase_if(shown, [&](const Column& column) {
        return std::all_of(nodes.begin(), nodes.end(), [&](const auto* n) { return column.value(*n) == 0; });
    });
    std::vector<HtmlColumn> columns = {{"node", HtmlColumn::Kind::text}};
    for (const Column& column : shown) columns.push_back({column.title});
    std::vector<std::vector<std::string>> rows;
    for (const auto* n : nodes) {
        auto& row = rows.emplace_back();
        row.push_back(escape(n->name()) + (n->kind() == "store" ? "" : " <small>" + escape(n->kind()) + "</small>"));
        for (const Column& column : shown) row.push_back(column.text(*n));
    }
    return "<p class=\"legend\">Parcels: begun here. Cost each: all that arose here, by parcel. Km: of a parcel. Drift: units on "
           "record less "
           "units on shelves, at the end.</p>\n<div class=\"dense\">" +
           html_table("All nodes", columns, rows) + "</div>\n";
}

}  // namespace lastunit::reports
