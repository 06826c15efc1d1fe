#include "reports/fulfilment_figures.hpp"

#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

using model::RunRecord;
using Figures = std::vector<FulfilmentFigure>;

std::string tail(const model::TimeStats& stats) {
    return ", p90 " + span_of(stats, stats.p90()) + (stats.has_p95() ? ", p95 " + p95_text(stats) : "");
}

void parcels(const model::Kpi& k, Figures& out) {
    if (k.parcels() == 0) return;
    out.push_back({"parcels sent", grouped(k.parcels()), ", " + decimal(k.shipments_per_order(), 3) + " per order sent"});
    out.push_back({"split orders", percent(k.split_rate()), " of orders sent, from several nodes"});
    out.push_back({"km per parcel", decimal(k.parcel_km(), 0), ", " + decimal(k.total_km(), 0) + " km in all"});
}

void times(const model::Kpi& k, Figures& out) {
    if (k.order_to_door_s().count() > 0)
        out.push_back({"order to door", span_of(k.order_to_door_s(), k.order_to_door_s().p50()), tail(k.order_to_door_s())});
    if (k.order_to_ready_s().count() == 0) return;
    out.push_back({"order to ready", span_of(k.order_to_ready_s(), k.order_to_ready_s().p50()), tail(k.order_to_ready_s())});
    out.push_back({"ready in time", percent(k.ready_in_time_rate()), " of pick-ups and store reservations"});
}

void people(const RunRecord& record, Figures& out) {
    const auto& k = record.kpi();
    std::uint64_t walked_out = 0;
    for (const auto& node : record.nodes()) walked_out += node.walked_out();
    const std::uint64_t left_behind = walked_out_units(record);
    if (k.labour_h() > 0) out.push_back({"labour", decimal(k.labour_h(), 0) + " h", " paid within the horizon"});
    if (k.overtime_h() > 0) out.push_back({"overtime", decimal(k.overtime_h(), 1) + " h", ""});
    if (walked_out > 0)
        out.push_back({"walked out", counted(walked_out, "shopper"), " who would not wait any longer to be served"});
    if (left_behind > 0) out.push_back({"left behind", counted(left_behind, "unit"), " by shoppers who walked out"});
    if (k.walk_ins_lost_units() > 0)
        out.push_back({"walk-ins lost", counted(k.walk_ins_lost_units(), "unit"),
                       " worth " + money(k.walk_ins_lost_value(), record.identity().currency()) + ", taken by online orders"});
    if (k.reoptimised_orders() > 0)
        out.push_back({"moved orders", grouped(k.reoptimised_orders()), ", planned anew before anybody worked on them"});
}

// By the split policy; at once, and then it is no order, or after it was accepted.
void declined(const model::Kpi& k, Figures& out) {
    if (k.declined_orders() > 0)
        out.push_back({"declined", counted(k.declined_orders(), "order"), " accepted first; serving them costs more"});
    if (k.declined_units() > 0)
        out.push_back(
            {"declined units", grouped(k.declined_units()), ", refused at once ones included; serving them costs more"});
}

void picks(const model::Kpi& k, Figures& out) {
    if (k.failed_picks() > 0) out.push_back({"failed picks", grouped(k.failed_picks()), ", not all units were there"});
    if (k.mismatched_picks() > 0)
        out.push_back({"mismatched", counted(k.mismatched_picks(), "pick"), " of the failed ones: another item lay there"});
    if (k.damaged_units() > 0) out.push_back({"damaged", counted(k.damaged_units(), "unit"), ", found by pickers"});
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

std::uint64_t walked_out_units(const RunRecord& record) {
    std::uint64_t units = 0;
    for (const auto& node : record.nodes()) units += node.walked_out_units();
    return units;
}

std::vector<FulfilmentFigure> fulfilment_figures(const RunRecord& record) {
    Figures out;
    parcels(record.kpi(), out);
    times(record.kpi(), out);
    declined(record.kpi(), out);
    if (out.empty()) return out;
    people(record, out);
    picks(record.kpi(), out);
    stock(record.kpi(), out);
    return out;
}

}  // namespace lastunit::reports
