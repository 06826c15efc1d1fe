#include <algorithm>

#include "reports/methods.hpp"
#include "reports/terminal_sections.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

using model::NodeKpi;
using model::RunRecord;

constexpr std::size_t kBusiest = 5;
constexpr std::size_t kBar = 8;

std::vector<Figure> figures_of(const RunRecord& record, const Canvas& canvas) {
    const auto& k = record.kpi();
    const std::string currency = canvas.name(record.identity().currency());
    std::vector<Figure> figures;
    if (k.parcels() > 0) {
        figures.push_back({"parcels", grouped(k.parcels())});
        figures.push_back({"per order sent", decimal(k.shipments_per_order(), 3)});
        figures.push_back({"km per parcel", decimal(k.parcel_km(), 0)});
    }
    if (k.order_to_ready_s().count() > 0) {
        figures.push_back({"ready in time", percent(k.ready_in_time_rate())});
        figures.push_back({"order to ready", span_of(k.order_to_ready_s(), k.order_to_ready_s().p50())});
    }
    if (k.walk_ins_lost_units() > 0)
        figures.push_back(
            {"walk-ins lost", counted(k.walk_ins_lost_units(), "unit") + ", " + money(k.walk_ins_lost_value(), currency)});
    if (k.labour_h() > 0) figures.push_back({"labour", decimal(k.labour_h(), 0) + " h"});
    if (k.overtime_h() > 0) figures.push_back({"overtime", decimal(k.overtime_h(), 1) + " h"});
    return figures;
}

void methods(const RunRecord& record, Canvas& canvas) {
    std::vector<std::vector<Cell>> rows;
    for (const MethodRow& method : methods_of(record.kpi())) {
        const model::MethodKpi& m = *method.kpi;
        const double kept = m.promise_kept_rate();
        rows.push_back({{method.name},
                        {grouped(m.orders())},
                        {span_of(m.time_s(), m.time_s().p50())},
                        {span_of(m.time_s(), m.time_s().p90())},
                        {span_of(m.time_s(), m.time_s().p99())},
                        {m.promises_due() > 0 ? percent(kept) : "-"},
                        {m.promises_due() > 0 ? pad_right(canvas.bar(kept, kBar), kBar) : ""}});
    }
    if (rows.empty()) return;
    canvas.line();
    canvas.table({{"promised", Align::left}, {"orders"}, {"p50"}, {"p90"}, {"p99"}, {"promise kept"}, {"", Align::left}},
                 std::move(rows));
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
        rows.push_back(
            {{canvas.name(n.name())},
             {canvas.name(n.kind()), Tone::faint},
             {grouped(n.orders())},
             {pad_right(canvas.bar(static_cast<double>(n.orders()) / most, 8), 8)},
             {grouped(n.units_shipped() + n.units_handed_over())},
             {percent(n.pick_utilisation())},
             {n.parcel_km() > 0 ? decimal(n.parcel_km(), 0) : "-"},
             {n.orders() > 0 ? decimal(static_cast<double>(n.total_cost()) / static_cast<double>(n.orders()) / 100, 2) : "-"}});
    }
    canvas.line();
    canvas.table({{"busiest of " + std::to_string(nodes.size()), Align::left},
                  {"", Align::left},
                  {"parcels"},
                  {"", Align::left},
                  {"units"},
                  {"busy"},
                  {"km"},
                  {"cost each"}},
                 std::move(rows));
}

}  // namespace

void fulfilment(const RunRecord& record, Canvas& canvas) {
    const std::vector<Figure> figures = figures_of(record, canvas);
    if (figures.empty()) return;
    canvas.heading("Fulfilment");
    canvas.figures(figures);
    methods(record, canvas);
    carriers(record, canvas);
    busiest_nodes(record, canvas);
}

}  // namespace lastunit::reports
