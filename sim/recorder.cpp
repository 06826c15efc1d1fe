#include "sim/recorder.hpp"

#include <algorithm>

#include "sim/core_system.hpp"
#include "sim/edges.hpp"
#include "sim/faults.hpp"
#include "sim/operations/operations.hpp"
#include "sim/operations/returns.hpp"
#include "sim/operations/stations.hpp"
#include "sim/operations/stock_figures.hpp"
#include "sim/operations/teams.hpp"
#include "sim/operations/transfers.hpp"
#include "sim/orders.hpp"
#include "sim/record_costs.hpp"
#include "sim/record_error.hpp"
#include "sim/record_fields.hpp"
#include "sim/shoppers.hpp"

namespace lastunit::sim {

void Counters::add(const Counters& o) {
    shoppers += o.shoppers, shoppers_bought += o.shoppers_bought, integrated += o.integrated;
    switched += o.switched, switched_bought += o.switched_bought;
    orders += o.orders, units += o.units, oversold_units += o.oversold_units, oversold_orders += o.oversold_orders;
    undersold_units += o.undersold_units, refused_units += o.refused_units, lost_units += o.lost_units;
    cancelled_orders += o.cancelled_orders, cancelled_units += o.cancelled_units, uncollected_units += o.uncollected_units;
    shipped_units += o.shipped_units, handed_over_units += o.handed_over_units;
    returned_units += o.returned_units, rescued_units += o.rescued_units;
    store_purchases += o.store_purchases, store_purchases_after_research += o.store_purchases_after_research;
    orders_sent += o.orders_sent, orders_split += o.orders_split, parcels += o.parcels;
    orders_with_parcels += o.orders_with_parcels, parcel_km += o.parcel_km;
    promises_due += o.promises_due, promises_kept += o.promises_kept;
    walk_ins_lost_units += o.walk_ins_lost_units, walk_ins_lost_value += o.walk_ins_lost_value;
    orders_completed += o.orders_completed, orders_wholly_cancelled += o.orders_wholly_cancelled;
    taken_back_units += o.taken_back_units, forgotten_units += o.forgotten_units;
    cancelled_with_stock_units += o.cancelled_with_stock_units, failed_picks += o.failed_picks;
    declined_orders += o.declined_orders, declined_units += o.declined_units;
    mismatched_picks += o.mismatched_picks, damaged_units += o.damaged_units;
    never_allocated_orders += o.never_allocated_orders, most_reroutes = std::max(most_reroutes, o.most_reroutes);
    pos_conflict_units += o.pos_conflict_units, abandoned_carts += o.abandoned_carts, carts_lost += o.carts_lost;
    sales_booked_twice += o.sales_booked_twice, conflicts += o.conflicts, lock_timeouts += o.lock_timeouts;
    paid_not_ordered += o.paid_not_ordered, cancelled_but_paid += o.cancelled_but_paid;
    unreachable_refusals += o.unreachable_refusals;
    reoptimised_orders += o.reoptimised_orders;
    calls += o.calls, calls_hung_up += o.calls_hung_up, calls_engaged += o.calls_engaged;
    for (std::size_t i = 0; i < oversold_causes.size(); ++i) oversold_causes[i] += o.oversold_causes[i];
    for (std::size_t i = 0; i < undersold_causes.size(); ++i) undersold_causes[i] += o.undersold_causes[i];
    oversold_value += o.oversold_value, revenue += o.revenue;
    for (std::size_t i = 0; i < costs.size(); ++i) costs[i] += o.costs[i];
    fulfilment.merge(o.fulfilment), to_ready.merge(o.to_ready), to_door.merge(o.to_door), view_age.merge(o.view_age);
    late_parcels += o.late_parcels, back_to_sender_units += o.back_to_sender_units;
    for (std::size_t i = 0; i < methods.size(); ++i) {
        methods[i].due += o.methods[i].due, methods[i].kept += o.methods[i].kept;
        methods[i].time.merge(o.methods[i].time);
    }
    desk_wait.merge(o.desk_wait), decision.merge(o.decision);
}

Recorder::Recorder(World& world)
    : skus(world),
      paths(world),
      network(world),
      world_(world),
      channels_(world.scenario.channels.size()),
      switches_(world.scenario.channels.size() * world.scenario.channels.size()),
      place_orders_(std::max<std::size_t>(1, world.scenario.network.places.size())),
      place_shoppers_(place_orders_.size()),
      funnels_(world.scenario.personas.size() + 1) {
    series_.set_step_s(world.scenario.run.sample_every.seconds());
    for (const model::Edge& edge : world.design.edges) series_.add_edge_lag()->set_edge(edge.name);
    for (std::uint16_t i = 0; i < world.scenario.network.nodes.size(); ++i) {
        const model::Node& node = world.scenario.network.nodes[i];
        if (!node.team && !node.waves) continue;
        watched_nodes_.emplace_back(i);
        series_.add_backlog()->set_node(node.name);
    }
}

void Recorder::measure_from_here() {
    for (Counters& channel : channels_) {
        warm_up_.add(channel);
        channel = {};
    }
    counted_units = 0;
    times_ = {};
}

void Recorder::sample() {
    world_.stock_figures->sample();
    network.sample();
    series_.add_orders(step_.orders);
    series_.add_oversold(step_.oversold);
    series_.add_undersold(step_.undersold);
    series_.add_refused(step_.refused);
    series_.add_cancelled(step_.cancelled);
    series_.add_arrivals(step_.arrivals);
    world_.costs->sample();
    series_.add_stock(world_.truth.on_shelves());
    series_.add_shoppers_active(world_.shoppers->active());
    series_.add_open_orders(static_cast<std::uint32_t>(world_.orders->open_orders()));
    series_.add_held(static_cast<std::uint32_t>(world_.core->units_held()));
    series_.add_open_picks(world_.stations->open_lines());
    for (std::size_t i = 0; i < watched_nodes_.size(); ++i) {
        model::NodeSeries& node = *series_.mutable_backlog(static_cast<int>(i));
        node.add_open_picks(world_.stations->open_lines(watched_nodes_[i]));
        node.add_oldest_s(static_cast<float>(world_.stations->oldest_line(watched_nodes_[i]).seconds()));
        node.add_at_work(world_.teams->at_work(watched_nodes_[i]));
    }
    step_ = {};
    std::vector<EdgeStatistics>& edges = world_.edges->statistics();
    for (std::size_t i = 0; i < edges.size(); ++i) {
        model::EdgeSeries& lag = *series_.mutable_edge_lag(static_cast<int>(i));
        EdgeStatistics& edge = edges[i];
        lag.add_mean_lag_s(edge.step_count == 0 ? -1.0F : static_cast<float>(edge.step_sum_s / edge.step_count));
        lag.add_max_lag_s(edge.step_count == 0 ? -1.0F : static_cast<float>(edge.step_max_s));
        edge.step_sum_s = edge.step_max_s = 0;
        edge.step_count = 0;
    }
}

void Recorder::close_series() {
    series_.set_orders_after(step_.orders);
    series_.set_oversold_after(step_.oversold);
    series_.set_undersold_after(step_.undersold);
    series_.set_refused_after(step_.refused);
    series_.set_cancelled_after(step_.cancelled);
    series_.set_arrivals_after(step_.arrivals);
}

std::uint64_t Recorder::orders() const {
    std::uint64_t sum = 0;
    for (const Counters& channel : channels_) sum += channel.orders;
    return sum;
}

std::uint64_t Recorder::units() const {
    std::uint64_t sum = 0;
    for (const Counters& channel : channels_) sum += channel.units;
    return sum;
}

std::uint64_t Recorder::oversold_units() const {
    std::uint64_t sum = 0;
    for (const Counters& channel : channels_) sum += channel.oversold_units;
    return sum;
}

// --- the run record ---

void Recorder::fill(model::RunRecord& record, bool partial, std::uint64_t events) const {
    record.set_schema_version(1);
    fill_identity(record, partial, events);
    Counters total;
    for (std::size_t i = 0; i < channels_.size(); ++i) {
        total.add(channels_[i]);
        model::ChannelKpi& channel = *record.add_channels();
        const model::ChannelDesign& design = world_.design.channels[i];
        channel.set_name(world_.scenario.channels[i].name);
        channel.set_kind(model::name_of(world_.scenario.channels[i].kind));
        channel.set_reservation(model::name_of(design.reservation));
        channel.set_decides_on(model::name_of(design.decides_on));
        fill_kpi(*channel.mutable_kpi(), channels_[i]);
        fill_times(*channel.mutable_view_age_s(), channels_[i].view_age);
    }
    model::Kpi& kpi = *record.mutable_kpi();
    fill_kpi(kpi, total);
    fill_run_costs(record, world_, total);
    kpi.set_open_units(world_.orders->open_units());
    kpi.set_held_units_peak(static_cast<std::uint64_t>(world_.core->held_peak()));
    kpi.set_rescued_by_hand(world_.edges->rescued_by_hand());
    kpi.set_holds_expired(world_.core->holds().expired);
    const RecordError::Sum wrong = world_.record_error->sum();
    kpi.set_record_excess_units(wrong.excess);
    kpi.set_record_shortage_units(wrong.shortage);
    kpi.set_counted_units(counted_units);
    fill_supply(kpi);
    total.add(warm_up_);
    fill_balance(record, total);
    fill_nodes(record, world_);
    fill_carriers(record, world_);
    fill_edges(record);
    world_.faults->fill(record);
    fill_drops(record, world_.scenario);
    fill_funnels(record);
    fill_journeys(record);
    fill_switches(record);
    fill_times_by_method(record);
    skus.fill(record);
    paths.fill(record);
    network.fill(*record.mutable_network());
    *record.mutable_series() = series_;
}

void Recorder::fill_identity(model::RunRecord& record, bool partial, std::uint64_t events) const {
    model::Identity& identity = *record.mutable_identity();
    identity.set_scenario(world_.scenario.name);
    identity.set_scenario_title(world_.scenario.title);
    identity.set_scenario_hash(world_.scenario.hash);
    identity.set_design(world_.design.name);
    identity.set_seed(world_.seed);
    identity.set_fingerprint(hex16(world_.fingerprint.value()));
    identity.set_shoppers_fingerprint(hex16(shoppers_fingerprint));
    identity.set_horizon_s(world_.scenario.run.horizon.seconds());
    identity.set_simulated_s(world_.now.seconds());
    identity.set_events(events);
    identity.set_messages(world_.edges->messages());
    identity.set_core_commands(world_.core->ledger().commands());
    identity.set_simgrid_activities(world_.infrastructure.activities());
    identity.set_partial(partial);
    identity.set_currency(world_.scenario.currency);
    identity.set_peak_pending_events(world_.queue.peak());
    identity.set_warm_up_s(world_.scenario.run.warm_up.seconds());
    identity.set_start_of_day_s(world_.scenario.run.start_of_day.seconds());
    if (!world_.scenario.replay) return;
    record.set_rejected_row_count(world_.scenario.replay->rejected.size());
    record.set_skipped_row_count(world_.scenario.replay->skipped);
    for (std::size_t i = 0; i < world_.scenario.replay->rejected.size() && i < 100; ++i) {
        auto* row = record.add_rejected_rows();
        row->set_line(world_.scenario.replay->rejected[i].line);
        row->set_reason(world_.scenario.replay->rejected[i].reason);
    }
}

void Recorder::fill_balance(model::RunRecord& record, const Counters& total) const {
    model::Balance& balance = *record.mutable_balance();
    balance.set_units_accepted(total.units);
    balance.set_units_shipped(total.shipped_units);
    balance.set_units_handed_over(total.handed_over_units);
    balance.set_units_cancelled(total.cancelled_units);
    balance.set_units_uncollected(total.uncollected_units);
    balance.set_units_taken_back(total.taken_back_units);
    balance.set_units_forgotten(total.forgotten_units);
    balance.set_units_open(world_.orders->open_units());
    balance.set_stock_start(stock_start);
    balance.set_stock_replenished(stock_replenished);
    balance.set_stock_returned(stock_returned);
    balance.set_stock_left(stock_left);
    balance.set_stock_shrunk(stock_shrunk);
    balance.set_stock_aside(stock_aside);
    balance.set_stock_in_transit(stock_in_transit);
    balance.set_stock_in_inspection(stock_in_inspection);
    balance.set_stock_gathered(stock_gathered);
    balance.set_stock_marked_down(stock_marked_down);
    balance.set_stock_written_off(stock_written_off);
    balance.set_stock_end(stock_at_end(world_));
    balance.set_orders_accepted(total.orders);
    balance.set_orders_completed(total.orders_completed);
    balance.set_orders_cancelled(total.orders_wholly_cancelled);
    balance.set_orders_open(world_.orders->open_orders());
    balance.set_shoppers(total.shoppers);
    balance.set_shoppers_bought(world_.shoppers->bought());
    balance.set_shoppers_left(world_.shoppers->left());
    balance.set_shoppers_active(world_.shoppers->active());
    const CoreSystem::HoldCounts& holds = world_.core->holds();
    balance.set_holds_taken(holds.taken);
    balance.set_holds_confirmed(holds.confirmed);
    balance.set_holds_released(holds.released);
    balance.set_holds_expired(holds.expired);
    balance.set_holds_live(world_.core->ledger().live_holds());
}

void Recorder::fill_supply(model::Kpi& kpi) const {
    for (unsigned i = 0; i < model::kReturnPaths; ++i) {
        model::CauseCount& path = *kpi.add_returns_by_path();
        path.set_cause(model::name_of(static_cast<model::ReturnPath>(i)));
        path.set_units(world_.returns->by_path(static_cast<model::ReturnPath>(i)));
    }
    const Transfers::Figures& transfers = world_.transfers->figures();
    kpi.set_transferred_units(transfers.units);
    kpi.set_truck_trips(transfers.trips);
    if (transfers.room > 0)
        kpi.set_truck_utilisation(static_cast<double>(transfers.loaded) / static_cast<double>(transfers.room));
    kpi.set_gathered_parcels(transfers.gathered);
    world_.stock_figures->fill(kpi);
}

void Recorder::fill_edges(model::RunRecord& record) const {
    const auto name = [&](std::uint8_t end) {
        return end == model::kCore ? std::string("core") : world_.scenario.channels[end].name;
    };
    for (std::size_t i = 0; i < world_.design.edges.size(); ++i) {
        const model::Edge& edge = world_.design.edges[i];
        const EdgeStatistics& statistics = world_.edges->statistics()[i];
        model::EdgeKpi& out = *record.add_edges();
        out.set_name(edge.name);
        out.set_from(name(edge.from));
        out.set_to(name(edge.to));
        out.set_kind(model::name_of(edge.kind));
        out.set_messages(statistics.messages);
        out.set_lost(statistics.lost);
        out.set_duplicated(statistics.duplicated);
        out.set_reordered(statistics.reordered);
        out.set_resent(statistics.resent);
        out.set_dead_letters(statistics.dead_letters);
        out.set_overwritten_units(statistics.overwritten_units);
        out.set_queue_peak(statistics.queue_peak);
        fill_times(*out.mutable_lag_s(), statistics.lag);
    }
}

void Recorder::fill_funnel(model::Funnel& out, const FunnelCounts& counts) {
    const auto reached = [&](Reached stage) { return counts.reached[static_cast<std::size_t>(stage)]; };
    out.set_arrived(reached(Reached::arrived));
    out.set_browsed(reached(Reached::browsed));
    out.set_saw_available(reached(Reached::saw_available));
    out.set_carted(reached(Reached::carted));
    out.set_reached_checkout(reached(Reached::checkout));
    out.set_placed(reached(Reached::placed));
    out.set_paid(reached(Reached::paid));
    out.set_received(counts.received);
}

void Recorder::fill_funnels(model::RunRecord& record) const {
    FunnelCounts all;
    for (std::size_t i = 0; i < funnels_.size(); ++i) {
        const FunnelCounts& counts = funnels_[i];
        for (std::size_t stage = 0; stage < kReached; ++stage) all.reached[stage] += counts.reached[stage];
        all.received += counts.received;
        if (i == world_.scenario.personas.size()) continue;
        model::PersonaKpi& persona = *record.add_personas();
        persona.set_name(world_.scenario.personas[i].name);
        persona.set_shoppers(counts.reached[static_cast<std::size_t>(Reached::arrived)]);
        persona.set_buyers(counts.bought);
        fill_funnel(*persona.mutable_funnel(), counts);
    }
    fill_funnel(*record.mutable_funnel(), all);
}

void Recorder::fill_switches(model::RunRecord& record) const {
    const std::size_t n = channels_.size();
    for (std::size_t i = 0; i < n * n; ++i) {
        if (switches_[i].count == 0) continue;
        model::SwitchCount& count = *record.add_switches();
        count.set_from(world_.scenario.channels[i / n].name);
        count.set_to(world_.scenario.channels[i % n].name);
        count.set_count(switches_[i].count);
        count.set_bought(switches_[i].bought);
    }
}

void Recorder::fill_times_by_method(model::RunRecord& record) const {
    constexpr std::array<std::pair<core::Method, const char*>, 4> kNamed{{{core::Method::ship, "ship"},
                                                                          {core::Method::locker, "locker"},
                                                                          {core::Method::pickup, "pickup"},
                                                                          {core::Method::reserve_in_store, "reserve_in_store"}}};
    for (const auto& [method, name] : kNamed) {
        const model::TimeCounts& times = times_[static_cast<std::size_t>(method)];
        if (times.count() == 0) continue;
        model::TimeDistribution& out = *record.add_times();
        out.set_method(name);
        times.fill(out);
    }
}

void Recorder::fill_journeys(model::RunRecord& record) const {
    constexpr const char* kNames[kJourneys] = {"single_channel", "cross_channel",    "webrooming",   "showrooming",
                                               "pickup",         "reserve_in_store", "endless_aisle"};
    for (std::size_t i = 0; i < kJourneys; ++i) {
        model::JourneyKpi& journey = *record.add_journeys();
        journey.set_name(kNames[i]);
        journey.set_orders(journeys_[i]);
    }
    for (std::size_t i = 0; i < world_.scenario.network.places.size(); ++i) {
        const model::Place& place = world_.scenario.network.places[i];
        model::PlaceKpi& out_place = *record.add_places();
        out_place.set_name(place.name);
        out_place.set_lat(place.at.lat);
        out_place.set_lon(place.at.lon);
        out_place.set_shoppers(place_shoppers_[i]);
        out_place.set_orders(place_orders_[i]);
    }
}

}  // namespace lastunit::sim
