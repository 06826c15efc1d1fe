#include "sim/record_fields.hpp"

#include <algorithm>

#include "sim/core_system.hpp"
#include "sim/operations/carriage.hpp"
#include "sim/operations/inspection.hpp"
#include "sim/operations/operations.hpp"
#include "sim/operations/returns.hpp"
#include "sim/operations/stations.hpp"
#include "sim/operations/stock_figures.hpp"
#include "sim/operations/transfers.hpp"
#include "sim/record_costs.hpp"

namespace lastunit::sim {

namespace {
double ratio(double part, double whole) { return whole == 0 ? 0 : part / whole; }
template <class Part, class Whole> double ratio(Part part, Whole whole) {
    return ratio(static_cast<double>(part), static_cast<double>(whole));
}
}  // namespace

std::string hex16(std::uint64_t value) {
    constexpr char kDigits[] = "0123456789abcdef";
    std::string text(16, '0');
    for (std::size_t i = 16; i-- > 0; value >>= 4U) text[i] = kDigits[value & 15U];
    return text;
}

void fill_times(model::TimeStats& out, const model::Histogram& times) {
    out.set_count(times.count());
    out.set_mean(times.mean_s());
    out.set_p50(times.quantile_s(0.50));
    out.set_p90(times.quantile_s(0.90));
    out.set_p95(times.quantile_s(0.95));
    out.set_p99(times.quantile_s(0.99));
    out.set_max(times.max_s());
}

namespace {
void fill_method(model::MethodKpi& out, const MethodCounts& c) {
    out.set_orders(c.time.count());
    out.set_promise_kept_rate(ratio(c.kept, c.due));
    out.set_promises_due(c.due);
    fill_times(*out.mutable_time_s(), c.time);
}
}  // namespace

void fill_kpi(model::Kpi& out, const Counters& c) {
    out.set_shoppers(c.shoppers);
    out.set_orders_accepted(c.orders);
    out.set_units_accepted(c.units);
    out.set_oversold_units(c.oversold_units);
    out.set_oversold_orders(c.oversold_orders);
    out.set_oversold_value(c.oversold_value);
    out.set_oversell_rate(ratio(c.oversold_units, c.units));
    out.set_undersold_units(c.undersold_units);
    out.set_lost_sales_units(c.lost_units);
    out.set_cancelled_orders(c.cancelled_orders);
    out.set_cancelled_units(c.cancelled_units);
    fill_times(*out.mutable_fulfilment_time_s(), c.fulfilment);
    out.set_promise_kept_rate(ratio(c.promises_kept, c.promises_due));
    out.set_split_rate(ratio(c.orders_split, c.orders_sent));
    out.set_channel_integration_rate(ratio(c.integrated, c.shoppers));
    out.set_ropo_ratio(ratio(c.store_purchases_after_research, c.store_purchases));
    out.set_cross_channel_conversion(ratio(c.switched_bought, c.switched));
    out.set_conversion(ratio(c.shoppers_bought, c.shoppers));
    out.set_revenue(c.revenue);
    out.set_oversold_rescued_units(static_cast<std::int64_t>(c.rescued_units));
    out.set_returned_units(c.returned_units);
    out.set_shipped_units(c.shipped_units);
    out.set_handed_over_units(c.handed_over_units);
    fill_times(*out.mutable_order_to_ready_s(), c.to_ready);
    fill_times(*out.mutable_order_to_door_s(), c.to_door);
    out.set_pos_conflict_units(c.pos_conflict_units);
    out.set_parcels(c.parcels);
    out.set_calls(c.calls);
    out.set_calls_hung_up(c.calls_hung_up);
    out.set_calls_engaged(c.calls_engaged);
    fill_times(*out.mutable_desk_wait_s(), c.desk_wait);
    out.set_refused_units(c.refused_units);
    out.set_abandoned_carts(c.abandoned_carts);
    out.set_carts_lost_by_switch(c.carts_lost);
    out.set_taken_back_units(c.taken_back_units);
    out.set_forgotten_units(c.forgotten_units);
    out.set_cancelled_with_stock_units(c.cancelled_with_stock_units);
    out.set_failed_picks(c.failed_picks);
    out.set_declined_orders(c.declined_orders);
    out.set_declined_units(c.declined_units);
    out.set_mismatched_picks(c.mismatched_picks);
    out.set_damaged_units(c.damaged_units);
    out.set_reoptimised_orders(c.reoptimised_orders);
    out.set_most_reroutes(c.most_reroutes);
    out.set_never_allocated_orders(c.never_allocated_orders);
    out.set_sales_booked_twice(c.sales_booked_twice);
    out.set_paid_not_ordered(c.paid_not_ordered);
    out.set_cancelled_but_paid(c.cancelled_but_paid);
    out.set_unreachable_refusals(c.unreachable_refusals);
    fill_times(*out.mutable_decision_s(), c.decision);
    fill_costs(out, c);
    out.set_conflicts(c.conflicts);
    fill_method(*out.mutable_ship(), c.of(core::Method::ship));
    fill_method(*out.mutable_pickup(), c.of(core::Method::pickup));
    fill_method(*out.mutable_locker(), c.of(core::Method::locker));
    fill_method(*out.mutable_reserve_in_store(), c.of(core::Method::reserve_in_store));
    out.set_late_parcels(c.late_parcels);
    out.set_back_to_sender_units(c.back_to_sender_units);
    out.set_lock_timeouts(c.lock_timeouts);
    for (unsigned i = 0; i < model::kOversoldCauses; ++i) {
        model::CauseCount& count = *out.add_oversold_causes();
        count.set_cause(model::name_of(static_cast<model::OversoldCause>(i)));
        count.set_units(c.oversold_causes[i]);
    }
    for (unsigned i = 0; i < model::kUndersoldCauses; ++i) {
        model::CauseCount& count = *out.add_undersold_causes();
        count.set_cause(model::name_of(static_cast<model::UndersoldCause>(i)));
        count.set_units(c.undersold_causes[i]);
    }
}

void fill_day_hours(model::DayHours& out, const model::OpeningHours& hours) {
    out.set_from_s(hours.open.seconds());
    out.set_until_s(hours.close.seconds());
}

// The team picks unless the station has workers of its own, who keep the node's shifts.
void fill_hours(model::NodeKpi& out, const model::Node& node) {
    fill_day_hours(*out.mutable_opens(), node.hours);
    if (!node.team || node.pick.workers > 0) return fill_day_hours(*out.add_picks(), node.shifts);
    for (const model::Team::Shift& shift : node.team->roster)
        if (shift.workers > 0) fill_day_hours(*out.add_picks(), shift.when);
}

void fill_nodes(model::RunRecord& record, const World& world) {
    const auto& nodes = world.scenario.network.nodes;
    const auto skus = static_cast<std::uint32_t>(world.scenario.catalogue.skus.size());
    for (std::uint16_t i = 0; i < nodes.size(); ++i) {
        const NodeId id(i);
        model::NodeKpi& out = *record.add_nodes();
        std::uint64_t truth = 0;
        std::uint64_t believed = 0;
        for (std::uint32_t sku = 0; sku < skus; ++sku) {
            const TruthCell& cell = world.truth.cell(id, Sku(sku));
            truth += static_cast<std::uint64_t>(cell.here());
            believed += static_cast<std::uint64_t>(world.core->ledger().cell(id, Sku(sku)).on_hand);
        }
        const NodeFigures& figures = world.operations->figures(id);
        out.set_name(nodes[i].name);
        out.set_kind(model::name_of(nodes[i].kind));
        out.set_lat(nodes[i].at.lat);
        out.set_lon(nodes[i].at.lon);
        fill_hours(out, nodes[i]);
        out.set_stock_start(world.recorder->node_stock_start[i]);
        out.set_stock_end(truth);
        out.set_record_end(believed);
        out.set_units_shipped(figures.shipped);
        out.set_units_handed_over(figures.handed_over);
        out.set_units_sold_at_till(figures.sold_at_till);
        out.set_failed_picks(figures.failed_picks);
        out.set_oversold_units(figures.oversold);
        out.set_orders(figures.parcels);
        out.set_pick_utilisation(world.stations->pick_utilisation(id));
        fill_times(*out.mutable_pick_wait_s(), figures.wait[0]);
        fill_times(*out.mutable_pack_wait_s(), figures.wait[1]);
        fill_times(*out.mutable_dispatch_wait_s(), figures.wait[2]);
        fill_times(*out.mutable_sojourn_s(), figures.sojourn);
        out.set_staffed_s(figures.staffed_s);
        out.set_busy_s(figures.busy_s);
        out.set_worked_off_s(figures.worked_off_s);
        out.set_overtime_s(figures.overtime_s);
        out.set_served(figures.served);
        out.set_walked_out(figures.walked_out);
        out.set_walked_out_units(figures.walked_out_units);
        fill_times(*out.mutable_serve_wait_s(), figures.serve_wait);
        out.set_backlog_peak(figures.backlog_peak);
        out.set_backlog_end(world.stations->open_lines(id));
        out.set_backlog_oldest_s(world.stations->oldest_line(id).seconds());
        out.set_units_transferred_out(world.transfers->sent(id));
        out.set_units_transferred_in(world.transfers->received(id));
        out.set_returned_units(world.returns->returned_to(id));
        fill_times(*out.mutable_inspect_wait_s(), world.inspection->waits(id));
        out.set_empty_cells(world.stock_figures->empty_cells(id));
        fill_node_costs(out, world, id);
        const DockFigures& dock = world.carriage->docks().figures(id);
        fill_times(*out.mutable_dock_wait_s(), dock.wait);
        out.set_missed_cut_offs(dock.missed_cut_offs);
        const LockerFigures& lockers = world.carriage->lockers().figures(id);
        out.set_compartments_peak(lockers.peak);
        out.set_locker_full(lockers.full);
        out.set_parcels_redirected(lockers.redirected);
        out.set_locker_no_shows(lockers.no_shows);
        out.set_parcels_fetched(lockers.fetched);
    }
}

void fill_carriers(model::RunRecord& record, const World& world) {
    const auto& carriers = world.scenario.network.carriers;
    for (std::size_t i = 0; i < carriers.size(); ++i) {
        const CarrierFigures& figures = world.carriage->docks().carrier(i);
        model::CarrierKpi& out = *record.add_carriers();
        out.set_name(carriers[i].name);
        out.set_parcels(figures.parcels);
        out.set_late(figures.late);
        out.set_spilled(figures.spilled);
        out.set_peak_day(figures.peak_day);
        out.set_price(figures.price);
    }
}

void fill_drops(model::RunRecord& record, const model::Scenario& scenario) {
    const SimTime end = SimTime{0} + scenario.run.horizon;
    for (const model::ArrivalStream& stream : scenario.arrivals) {
        SimTime from = kNever, until{0};
        for (const model::RatePiece& piece : stream.rate) {
            from = std::min(from, piece.from);
            until = std::max(until, std::min(piece.until, end));
        }
        if (from >= until) continue;  // it never comes
        const Duration lasts = until - from;
        const bool all_the_time = lasts.us >= scenario.run.horizon.us;
        if (all_the_time || (stream.skus.empty() && 2 * lasts.us >= scenario.run.horizon.us)) continue;
        model::DropKpi& out = *record.add_drops();
        out.set_name(stream.name);
        out.set_from_s(from.seconds());
        out.set_until_s(until.seconds());
        for (const Sku sku : stream.skus) out.add_skus(scenario.catalogue.skus[sku.value].name);
    }
}

std::uint64_t stock_at_end(const World& world) {
    std::uint64_t units = 0;
    const auto nodes = static_cast<std::uint16_t>(world.scenario.network.nodes.size());
    const auto skus = static_cast<std::uint32_t>(world.scenario.catalogue.skus.size());
    for (std::uint32_t sku = 0; sku < skus; ++sku)
        for (std::uint16_t node = 0; node < nodes; ++node) {
            const TruthCell& cell = world.truth.cell(NodeId(node), Sku(sku));
            units += static_cast<std::uint64_t>(cell.here());
        }
    return units;
}

}  // namespace lastunit::sim
