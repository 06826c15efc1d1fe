// Counts what happens, as it happens: every figure of the run record is taken from here or from the part that owns it.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "core/routing/router.hpp"
#include "core/types.hpp"
#include "model/cause.hpp"
#include "model/histogram.hpp"
#include "model/run_record.pb.h"
#include "model/time_counts.hpp"
#include "sim/costs.hpp"
#include "sim/network_steps.hpp"
#include "sim/paths.hpp"
#include "sim/sku_figures.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

// Orders of one method, by what was promised.
struct MethodCounts {
    std::uint64_t due = 0, kept = 0;
    model::Histogram time;  // of those that were served: accepted until at the door, in the locker, ready
};

// Counters of one channel (the channel that sold, refused or was entered); the totals are their sum.
struct Counters {
    std::uint64_t shoppers = 0, shoppers_bought = 0, integrated = 0, switched = 0, switched_bought = 0;
    std::uint64_t orders = 0, units = 0, oversold_units = 0, oversold_orders = 0;
    std::uint64_t undersold_units = 0, refused_units = 0, lost_units = 0;
    std::uint64_t cancelled_orders = 0, cancelled_units = 0, uncollected_units = 0;
    std::uint64_t shipped_units = 0, handed_over_units = 0, returned_units = 0, rescued_units = 0;
    std::uint64_t store_purchases = 0, store_purchases_after_research = 0;
    std::uint64_t orders_sent = 0, orders_split = 0, parcels = 0, promises_due = 0, promises_kept = 0;
    std::uint64_t orders_with_parcels = 0, parcel_km = 0;  // orders of which a parcel left; kilometres of all parcels
    std::uint64_t walk_ins_lost_units = 0;
    std::uint64_t orders_completed = 0, orders_wholly_cancelled = 0;
    std::uint64_t pos_conflict_units = 0, abandoned_carts = 0, carts_lost = 0, sales_booked_twice = 0;
    std::uint64_t taken_back_units = 0, forgotten_units = 0, cancelled_with_stock_units = 0;
    std::uint64_t failed_picks = 0, never_allocated_orders = 0, conflicts = 0, lock_timeouts = 0;
    std::uint64_t paid_not_ordered = 0, cancelled_but_paid = 0, unreachable_refusals = 0;
    std::uint64_t declined_orders = 0, declined_units = 0, mismatched_picks = 0, damaged_units = 0;
    std::uint64_t calls = 0, calls_hung_up = 0, calls_engaged = 0;
    std::uint64_t late_parcels = 0, back_to_sender_units = 0;
    std::uint64_t reoptimised_orders = 0;
    std::uint64_t most_reroutes = 0;  // of one order: the largest, not a sum
    std::array<std::uint64_t, model::kOversoldCauses> oversold_causes{};
    std::array<std::uint64_t, model::kUndersoldCauses> undersold_causes{};
    Money oversold_value = 0, revenue = 0, walk_ins_lost_value = 0;
    CostTerms costs{};
    model::Histogram fulfilment, to_ready, to_door, view_age, desk_wait, decision;

    std::array<MethodCounts, model::kMethods> methods;

    void add(const Counters& other);
    MethodCounts& of(core::Method method) { return methods[static_cast<unsigned>(method)]; }
    const MethodCounts& of(core::Method method) const { return methods[static_cast<unsigned>(method)]; }
    std::uint64_t& oversold_by(model::OversoldCause cause) { return oversold_causes[static_cast<unsigned>(cause)]; }
    std::uint64_t& undersold_by(model::UndersoldCause cause) { return undersold_causes[static_cast<unsigned>(cause)]; }
};

// Counts of one step of the time series.
struct StepCounts {
    std::uint32_t orders = 0, oversold = 0, undersold = 0, refused = 0, cancelled = 0, arrivals = 0;
};

// How far a shopper came.
enum class Reached : std::uint8_t { arrived, browsed, saw_available, carted, checkout, placed, paid };
inline constexpr std::size_t kReached = 7;

// Kinds of journeys that led to an order.
enum class Journey : std::uint8_t {
    single_channel,
    cross_channel,
    webrooming,
    showrooming,
    pickup,
    reserve_in_store,
    endless_aisle
};
inline constexpr std::size_t kJourneys = 7;

class Recorder {
   public:
    explicit Recorder(World& world);

    Counters& of(ChannelId channel) { return channels_[channel.value]; }
    StepCounts& step() { return step_; }

    void reached(std::uint8_t persona, Reached stage) { ++funnel_of(persona).reached[static_cast<std::size_t>(stage)]; }
    void persona_bought(std::uint8_t persona) { ++funnel_of(persona).bought; }
    void received(std::uint8_t persona) { ++funnel_of(persona).received; }
    void switched(ChannelId from, ChannelId to) { ++switches_[from.value * channels_.size() + to.value].count; }
    void bought_after_switch(ChannelId from, ChannelId to) { ++switches_[from.value * channels_.size() + to.value].bought; }
    void time(core::Method promised, Duration span) { times_[static_cast<std::size_t>(promised)].add(span); }
    void journey(Journey kind) { ++journeys_[static_cast<std::size_t>(kind)]; }
    void order_from(std::uint16_t place) { ++place_orders_[place]; }
    void shopper_from(std::uint16_t place) { ++place_shoppers_[place]; }

    // The warm-up is over: what was counted so far enters the balances only.
    void measure_from_here();

    // Closes one step of the time series.
    void sample();
    void close_series();  // at the end: what came after the last step
    std::uint64_t orders() const;
    std::uint64_t units() const;
    std::uint64_t oversold_units() const;

    void fill(model::RunRecord& record, bool partial, std::uint64_t events) const;

    // Units that left the truth or came back into it, for the balance.
    std::uint64_t stock_start = 0, stock_replenished = 0, stock_returned = 0, stock_left = 0;
    std::uint64_t stock_shrunk = 0, stock_aside = 0;
    std::uint64_t stock_in_transit = 0, stock_in_inspection = 0, stock_gathered = 0;
    std::uint64_t stock_marked_down = 0, stock_written_off = 0;
    std::uint64_t counted_units = 0;  // by which counts corrected the record, both ways; since the warm-up
    std::vector<std::uint64_t> node_stock_start;
    std::uint64_t shoppers_fingerprint = 0;

    SkuFigures skus;
    Paths paths;
    NetworkSteps network;

   private:
    void fill_identity(model::RunRecord& record, bool partial, std::uint64_t events) const;
    void fill_balance(model::RunRecord& record, const Counters& total) const;
    void fill_supply(model::Kpi& kpi) const;
    void fill_edges(model::RunRecord& record) const;
    void fill_journeys(model::RunRecord& record) const;
    void fill_funnels(model::RunRecord& record) const;
    void fill_switches(model::RunRecord& record) const;
    void fill_times_by_method(model::RunRecord& record) const;

    struct FunnelCounts {
        std::array<std::uint64_t, kReached> reached{};  // shoppers who came at least this far
        std::uint64_t bought = 0;
        std::uint64_t received = 0;  // orders, not shoppers
    };
    struct Switches {
        std::uint64_t count = 0, bought = 0;
    };
    // Replayed orders have no persona: they share the last one.
    FunnelCounts& funnel_of(std::uint8_t persona) { return funnels_[std::min<std::size_t>(persona, funnels_.size() - 1)]; }
    static void fill_funnel(model::Funnel& out, const FunnelCounts& counts);

    World& world_;
    std::vector<Counters> channels_;
    Counters warm_up_;
    StepCounts step_;
    model::Series series_;
    std::vector<NodeId> watched_nodes_;  // whose backlog has a series of its own
    std::vector<Switches> switches_;     // [from][to]
    std::uint64_t journeys_[kJourneys] = {};
    std::vector<std::uint64_t> place_orders_, place_shoppers_;
    std::vector<FunnelCounts> funnels_;                     // [persona]
    std::array<model::TimeCounts, model::kMethods> times_;  // by what was promised, as Counters::methods
};

}  // namespace lastunit::sim
