#include <algorithm>

#include "reports/fulfilment_figures.hpp"
#include "reports/methods.hpp"
#include "reports/node_text.hpp"
#include "reports/terminal_sections.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

using model::NodeKpi;
using model::RunRecord;

constexpr std::size_t kBusiest = 5;
constexpr std::size_t kBar = 8;

void methods(const RunRecord& record, Canvas& canvas) {
    const std::vector<MethodRow> all = methods_of(record.kpi());
    if (all.empty()) return;
    const bool apart = others_due(all);
    std::vector<std::vector<Cell>> rows;
    for (const MethodRow& method : all) {
        const model::MethodKpi& m = *method.kpi;
        const double kept = m.promise_kept_rate();
        auto& row = rows.emplace_back();
        row = {{method.name},
               {grouped(m.orders())},
               {span_of(m.time_s(), m.time_s().p50())},
               {span_of(m.time_s(), m.time_s().p90())},
               {p95_text(m.time_s())},
               {span_of(m.time_s(), m.time_s().p99())}};
        if (apart) row.push_back({grouped(m.promises_due())});
        row.push_back({m.promises_due() > 0 ? percent(kept) : "-"});
        row.push_back({m.promises_due() > 0 ? pad_right(canvas.bar(kept, kBar), kBar) : ""});
    }
    std::vector<TableColumn> columns = {
        {"promised", Align::left}, {"served"}, {"p50"}, {"p90"}, {"p95", Align::right, Need::if_room}, {"p99"}};
    if (apart) columns.push_back({"due"});
    columns.push_back({apart ? "kept of due" : "promise kept"});
    columns.push_back({"", Align::left, Need::if_room});
    canvas.line();
    canvas.table(columns, std::move(rows));
}

void carriers(const RunRecord& record, Canvas& canvas) {
    std::vector<std::vector<Cell>> rows;
    for (const model::CarrierKpi& c : record.carriers()) {
        if (c.parcels() == 0) continue;
        const auto parcels = static_cast<double>(c.parcels());
        rows.push_back({{canvas.name(c.name())},
                        {grouped(c.parcels())},
                        {percent(static_cast<double>(c.late()) / parcels)},
                        {grouped(c.spilled())},
                        {grouped(c.peak_day())},
                        {decimal(static_cast<double>(c.price()) / parcels / 100, 2)}});
    }
    if (rows.empty()) return;
    canvas.line();
    canvas.table({{"carrier", Align::left}, {"parcels"}, {"late"}, {"waited a day"}, {"peak day"}, {"price each"}},
                 std::move(rows));
}

void busiest_nodes(const RunRecord& record, Canvas& canvas) {
    std::vector<const NodeKpi*> nodes;
    for (const NodeKpi& node : record.nodes())
        if (node.orders() > 0) nodes.push_back(&node);
    if (nodes.empty()) return;
    std::stable_sort(nodes.begin(), nodes.end(), [](const auto* a, const auto* b) { return a->orders() > b->orders(); });
    const auto most = static_cast<double>(nodes.front()->orders());
    std::vector<std::vector<Cell>> rows;
    for (std::size_t i = 0; i < std::min(nodes.size(), kBusiest); ++i) {
        const NodeKpi& n = *nodes[i];
        rows.push_back({{canvas.name(n.name())},
                        {canvas.name(n.kind()), Tone::faint},
                        {grouped(n.orders())},
                        {pad_right(canvas.bar(static_cast<double>(n.orders()) / most, 8), 8)},
                        {grouped(n.units_shipped() + n.units_handed_over())},
                        {percent(utilisation(n))},
                        {km_each(n)},
                        {decimal(cost_each(n), 2)}});
    }
    canvas.line();
    canvas.wrapped(
        {{"  Handled: parcels and pick-ups, a second time where they were begun again. Cost: all that arose there, tills "
          "included, by what was handled.",
          Tone::faint}});
    canvas.table({{"busiest of " + std::to_string(nodes.size()), Align::left},
                  {"", Align::left, Need::if_room},
                  {"handled"},
                  {"", Align::left, Need::if_room},
                  {"units"},
                  {"busy"},
                  {"km a parcel"},
                  {"cost by handled"}},
                 std::move(rows));
}

}  // namespace

void fulfilment(const RunRecord& record, Canvas& canvas) {
    std::vector<Figure> figures;
    for (FulfilmentFigure& figure : fulfilment_figures(record)) figures.push_back({figure.label, canvas.name(figure.value)});
    if (figures.empty()) return;
    canvas.heading("Fulfilment");
    canvas.figures(figures);
    methods(record, canvas);
    carriers(record, canvas);
    busiest_nodes(record, canvas);
}

}  // namespace lastunit::reports
