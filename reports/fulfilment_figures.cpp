#include "reports/fulfilment_figures.hpp"

#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

using model::RunRecord;
using Figures = std::vector<FulfilmentFigure>;

std::string p90(const model::TimeStats& stats) { return ", p90 " + span_of(stats, stats.p90()); }

void parcels(const model::Kpi& k, Figures& out) {
    if (k.parcels() == 0) return;
    out.push_back({"parcels sent", grouped(k.parcels()), ", " + decimal(k.shipments_per_order(), 3) + " per order sent"});
    out.push_back({"split orders", percent(k.split_rate()), " of orders sent, from several nodes"});
    out.push_back({"km per parcel", decimal(k.parcel_km(), 0), ", " + decimal(k.total_km(), 0) + " km in all"});
}

void times(const model::Kpi& k, Figures& out) {
    if (k.order_to_door_s().count() > 0)
        out.push_back({"order to door", span_of(k.order_to_door_s(), k.order_to_door_s().p50()), p90(k.order_to_door_s())});
    if (k.order_to_ready_s().count() == 0) return;
    out.push_back({"order to ready", span_of(k.order_to_ready_s(), k.order_to_ready_s().p50()), p90(k.order_to_ready_s())});
    out.push_back({"ready in time", percent(k.ready_in_time_rate()), " of pick-ups and store reservations"});
}

void people(const RunRecord& record, Figures& out) {
    const auto& k = record.kpi();
    std::uint64_t walked_out = 0;
    for (const auto& node : record.nodes()) walked_out += node.walked_out();
    if (k.labour_h() > 0) out.push_back({"labour", decimal(k.labour_h(), 0) + " h", " paid within the horizon"});
    if (k.overtime_h() > 0) out.push_back({"overtime", decimal(k.overtime_h(), 1) + " h", ""});
    if (walked_out > 0) out.push_back({"walked out", counted(walked_out, "shopper"), " who waited in vain to be served"});
    if (k.walk_ins_lost_units() > 0)
        out.push_back({"walk-ins lost", counted(k.walk_ins_lost_units(), "unit"),
                       " worth " + money(k.walk_ins_lost_value(), record.identity().currency()) + ", taken by online orders"});
    if (k.declined_orders() > 0)
        out.push_back({"declined", counted(k.declined_orders(), "order"), ", cheaper than serving them"});
}

void stock(const model::Kpi& k, Figures& out) {
    if (k.transferred_units() > 0)
        out.push_back({"transferred", counted(k.transferred_units(), "unit"),
                       k.truck_trips() > 0
                           ? " in " + counted(k.truck_trips(), "trip") +
                                 (k.truck_utilisation() > 0 ? ", " + percent(k.truck_utilisation()) + " full" : "")
                           : ""});
    if (k.gathered_parcels() > 0) out.push_back({"gathered", counted(k.gathered_parcels(), "parcel"), " waited for other nodes"});
    if (k.inventory_turnover() > 0)
        out.push_back({"stock turned", decimal(k.inventory_turnover(), 2) + " times", " over the horizon"});
    if (k.stock_age_s().count() > 0)
        out.push_back({"age of stock", decimal(k.stock_age_s().mean() / 86'400, 1) + " d", " on average at the end"});
    if (k.returned_units() == 0) return;
    std::string paths;
    for (const auto& path : k.returns_by_path())
        if (path.units() > 0) paths += (paths.empty() ? ": " : ", ") + grouped(path.units()) + " " + path.cause();
    out.push_back({"returned", counted(k.returned_units(), "unit"), paths});
}

}  // namespace

std::vector<FulfilmentFigure> fulfilment_figures(const RunRecord& record) {
    Figures out;
    parcels(record.kpi(), out);
    times(record.kpi(), out);
    if (out.empty()) return out;
    people(record, out);
    stock(record.kpi(), out);
    return out;
}

}  // namespace lastunit::reports
