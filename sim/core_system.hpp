// The retailer's core inside the simulation: the same ledger and router as in production, with a host whose CPU their commands
// cost. Every change of what it can promise is published on the stock edges at once.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <span>
#include <tuple>
#include <vector>

#include "core/command.hpp"
#include "core/id_map.hpp"
#include "core/ledger.hpp"
#include "core/routing/router.hpp"
#include "sim/core_journal.hpp"
#include "sim/pricing.hpp"
#include "sim/rounded_plans.hpp"
#include "sim/routing_facts.hpp"
#include "sim/spillover.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

class CoreSystem {
   public:
    explicit CoreSystem(World& world);

    // Puts the initial stock into the record (the truth is the caller's).
    void stock(NodeId node, Sku sku, Quantity units);

    const core::Ledger& ledger() const { return ledger_; }

    // What channels are told of a cell, or see when they look at the record: its ATP, unless the books are kept carelessly.
    // on_hand: what the node has, whoever it is allocated to. over_nodes: what is free, below zero where more is committed.
    Quantity tells(NodeId node, Sku sku) const { return tells_atp_ ? ledger_.atp(node, sku) : tells_carelessly(node, sku); }
    const core::RoutingNetwork& network() const { return network_; }

    // Units that channels are not shown now, nor sell from a counter or quota, because routing keeps them for walk-in shoppers
    // whatever happens: a channel that showed them would promise what routing refuses. Softly protected units are shown.
    bool hides_protected() const { return hides_protected_; }
    Quantity kept(NodeId node, Sku sku) const { return hides_protected_ ? kept_now(node, sku) : 0; }

    // CPU time of one command on the core's host; false: the command takes no time.
    bool occupy(Ticket::Owner owner, std::uint32_t subject);

    // Where the order would come from; of a pick-up that its store cannot serve, where from units can be brought there, if the
    // design has it. `plan` is reused storage. What is then held or allocated is what was planned last.
    void plan(const core::RouteRequest& request, core::Plan& plan);
    // The same for an order that has not failed anywhere yet: drawn, where the design draws its plans.
    void plan_first(const core::RouteRequest& request, std::uint64_t order, core::Plan& plan);
    // By how much less the order would weigh, prices included, if it gave up `own`, all it has, and were planned now; 0 or less:
    // nothing better was found. Changes nothing.
    Money saving(OrderId order, std::span<const core::Line> own, const core::RouteRequest& request, core::Plan& plan);

    void start_prices();  // the record is stocked
    void reprice() { pricing_->refresh(); }

    core::Outcome hold(HoldId hold, ChannelId channel, std::span<const core::Line> lines, Duration ttl);
    core::Outcome extend(HoldId hold, Duration ttl);  // the new end is now + ttl
    core::Outcome release(HoldId hold);
    // The channel wants the hold no more: released now, or as soon as the channel reaches the core again.
    void give_up(HoldId hold, ChannelId by, std::span<const core::Line> lines);
    core::Outcome confirm(HoldId hold, OrderId order);
    core::Outcome allocate(OrderId order, ChannelId channel, std::span<const core::Line> lines);
    // The same, though others hold the units: the shortage is explicit until they give them back.
    void allocate_beyond(OrderId order, ChannelId channel, std::span<const core::Line> lines);
    void deallocate(OrderId order, std::span<const core::Line> lines);
    void pick(OrderId order, const core::Line& line);
    void ship(OrderId order, const core::Line& line);
    void sell(NodeId node, Sku sku, Quantity units, ChannelId channel);
    void count(NodeId node, Sku sku, Quantity counted);
    void take_return(NodeId node, Sku sku, Quantity units);
    void receive(NodeId node, Sku sku, Quantity units);
    // Here, and not to be sold. Refused where others have been promised the units.
    core::Outcome quarantine(NodeId node, Sku sku, Quantity units);
    void expect(NodeId node, Sku sku, Quantity units);  // announced: `receive` will follow
    void transfer_out(std::uint64_t transfer, NodeId from, NodeId to, Sku sku, Quantity units, core::TransferFrom state);
    void transfer_in(std::uint64_t transfer);
    // A return that somebody has to look at; then one of the other two, or a transfer out of quarantine.
    void quarantine_return(NodeId node, Sku sku, Quantity units);
    void unquarantine(NodeId node, Sku sku, Quantity units);
    void dispose(NodeId node, Sku sku, Quantity units);

    // What a live back end has answered, into the copy of its record that the ledger is then: see sim/live.hpp. What the copy
    // could not have given is short in it, explicitly.
    void copy_hold(HoldId hold, ChannelId channel, std::span<const core::Line> lines, Duration ttl);
    void copy_confirm(HoldId hold, OrderId order, ChannelId channel, std::span<const core::Line> lines);
    void copy_allocate(OrderId order, ChannelId channel, std::span<const core::Line> lines);
    void copy_deallocate(OrderId order, std::span<const core::Line> lines);
    void copy_end(HoldId hold);  // the back end knows it no more

    void watch() { watched_by_replenishment_ = true; }  // every change of the record is told to `Replenishment`

    // Whoever holds these lines does not buy any more: until the hold ends they are missing to others for nothing.
    void goes_dead(HoldId hold, std::span<const core::Line> lines);

    // After a crash: the journal kept everything, but for holds where they are kept in memory alone.
    void restart();
    void recover();      // a fault is over: holds that were given up meanwhile are released
    void reconfigure();  // which nodes ship and hand over

    void new_day();  // the nodes' daily capacity is whole again; schedules the next midnight
    void expire();   // holds that ran out; schedules the next look

    std::int64_t units_held() const { return units_held_; }
    std::int64_t held_peak() const { return held_peak_; }
    struct HoldCounts {
        std::uint64_t taken = 0, confirmed = 0, released = 0, expired = 0;
    };
    const HoldCounts& holds() const { return holds_; }

   private:
    // Commands carry no idempotency key: inside one process none is ever sent twice, and remembering them costs memory and time.
    // Who sends them to a live back end gives them one.

    void ask(const core::RouteRequest& request, core::Plan& plan);
    core::Outcome apply(const core::Command& command);    // here
    core::Outcome command(const core::Command& command);  // ... and a live back end is told
    void must(const core::Command& command);              // ... and it is never refused here
    void cover(OrderId order, ChannelId channel, std::span<const core::Line> lines);
    bool may_be_brought(const core::RouteRequest& request) const;
    void publish();
    Quantity kept_now(NodeId node, Sku sku) const;
    Quantity tells_carelessly(NodeId node, Sku sku) const;
    void watch_expiry();
    void lose_holds();
    void dead_hold_ends(const core::Event& event);
    void show_hold(const core::Event& event);
    void use_capacity(std::span<const core::Line> lines);
    void give_back_capacity(NodeId node);
    Money weight(const core::RouteRequest& request, std::span<const core::Line> lines) const;

    World& world_;
    core::Ledger ledger_;
    core::Router router_;
    core::RoutingNetwork network_;
    RoutingFacts facts_;
    Spillover spillover_;
    core::Events events_;
    std::vector<Quantity> published_;  // what the edges were last told, SKU-major

    std::unique_ptr<Pricing> pricing_;     // of routing that looks ahead
    std::unique_ptr<RoundedPlans> drawn_;  // of a design that draws its plans
    core::Events undone_;                  // of what a question did to the ledger and took back
    std::vector<Quantity> capacity_;       // of the nodes, meanwhile

    std::unique_ptr<CoreJournal> journal_;  // in scenarios that crash the core
    struct GivenUp {
        HoldId hold;
        ChannelId by;
    };
    std::vector<GivenUp> given_up_;            // not yet told
    std::set<std::uint64_t> holds_in_memory_;  // live ones, where a crash would lose them
    bool may_lose_holds_ = false;
    std::set<std::uint64_t> held_beyond_;  // holds of a live back end that the copy could not give
    core::IdMap<Quantity> dead_holds_;     // units of holds of which nothing comes
    bool tells_atp_;
    bool hides_protected_;
    bool watched_by_replenishment_ = false;

    SimTime watched_ = kNever;  // of the pending hold_expiry event
    HoldCounts holds_;
    std::int64_t units_held_ = 0;
    std::int64_t held_peak_ = 0;
    std::uint64_t last_ended_hold_ = 0;
    using HeldLine = std::tuple<std::uint64_t, std::uint16_t, std::uint32_t>;  // hold, node, SKU
    std::map<HeldLine, SimTime> held_since_;                                   // for a probe only
};

}  // namespace lastunit::sim
