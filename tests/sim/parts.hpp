// The parts of a run without its shoppers, moved by hand: a test changes the stock, sells, lets time pass, and looks at what each
// part believes. A scenario with hosts needs a process of its own (tests/support/forked.hpp).
#pragma once

#include <catch2/catch.hpp>
#include <fstream>
#include <initializer_list>
#include <string>

#include "sim/accuracy.hpp"
#include "sim/causes.hpp"
#include "sim/channels.hpp"
#include "sim/commits.hpp"
#include "sim/core_system.hpp"
#include "sim/counts.hpp"
#include "sim/desks.hpp"
#include "sim/edges.hpp"
#include "sim/faults.hpp"
#include "sim/operations.hpp"
#include "sim/orders.hpp"
#include "sim/payments.hpp"
#include "sim/pools.hpp"
#include "sim/record_error.hpp"
#include "sim/recorder.hpp"
#include "sim/shoppers.hpp"
#include "sim/supply.hpp"
#include "tests/sim/scenarios.hpp"

namespace lastunit::sim_tests {

inline constexpr NodeId kDc{0}, kStore{1};
inline constexpr ChannelId kWeb{0}, kPos{1};
inline constexpr Sku kFirst{0}, kSecond{1}, kThird{2};

// A warehouse that ships and a store with a till, ten of each SKU in both; the web sells on its view. `design` is added to it.
inline model::Scenario shop(const std::string& design) {
    const std::string file = std::string(LASTUNIT_BINARY_DIR) + "/parts.yaml";
    std::ofstream(file)
        << "title: parts\nextends: validation/one-shop\nrun: {horizon: 10h, drain: 10d, sample_every: 10h}\n"
           "catalogue: {skus: 3}\nstock: !replace [{each: 10}]\n"
           "network: {nodes: {store: {kind: store, lat: 52, lon: 19, ships: false, hands_over: true}}}\n"
           "channels: {pos: {kind: pos}}\n"
           "design:\n  cancel_after: 1h\n  retry_every: 10min\n"
           "  channels: {web: {reservation: none, decides_on: view}, pos: {reservation: none, decides_on: shelf}}\n"
        << design;
    return load(file);
}

inline model::Edge& edge(model::Scenario& scenario, const std::string& name) {
    for (model::Edge& edge : scenario.design.edges)
        if (edge.name == name) return edge;
    FAIL("no edge " << name);
    return scenario.design.edges.front();
}

inline std::uint8_t number_of(const model::Scenario& scenario, const std::string& name) {
    for (std::uint8_t i = 0; i < scenario.design.edges.size(); ++i)
        if (scenario.design.edges[i].name == name) return i;
    FAIL("no edge " << name);
    return 0;
}

inline model::Fault fault(model::FaultKind kind, Duration at, Duration lasts) {
    model::Fault made;
    made.name = model::name_of(kind);
    made.kind = kind;
    made.at = at;
    made.lasts = lasts;
    return made;
}

class Parts {
   public:
    explicit Parts(const model::Scenario& scenario, std::uint64_t seed = 1)
        : world(scenario, seed, nullptr),
          faults(world),
          causes(world),
          record_error(world),
          accuracy(world),
          counts(world),
          recorder(world),
          core(world),
          edges(world),
          channels(world),
          orders(world),
          payments(world),
          operations(world),
          supply(world),
          pools(world),
          commits(world),
          desks(world),
          shoppers(world) {
        world.faults = &faults;
        world.causes = &causes;
        world.record_error = &record_error;
        world.accuracy = &accuracy;
        world.counts = &counts;
        world.recorder = &recorder;
        world.core = &core;
        world.edges = &edges;
        world.channels = &channels;
        world.orders = &orders;
        world.payments = &payments;
        world.operations = &operations;
        world.supply = &supply;
        world.pools = &pools;
        world.commits = &commits;
        world.desks = &desks;
        world.shoppers = &shoppers;
        supply.stock_up();
        faults.start();
        edges.start();
    }

    // Lets everything happen up to and at this instant.
    void until(Duration since_start) {
        const SimTime end = SimTime{0} + since_start;
        world.queue.push(end + microseconds(1), sim::EventKind::measure, 0);  // SimGrid is asked up to the next event
        for (;;) {
            if (world.infrastructure.advance(world.queue.top().at)) {
                for (const auto& finished : world.infrastructure.finished()) {
                    world.tickets[finished.ticket].failed = finished.failed;
                    world.queue.push(finished.at, sim::EventKind::infrastructure, finished.ticket);
                }
                world.infrastructure.finished().clear();
            }
            if (world.queue.top().at > end) break;
            const sim::PendingEvent event = world.queue.pop();
            world.now = event.at;
            handle(event);
        }
        world.queue.pop();
        world.now = end;
    }

    // The record of a cell changes; nothing physical does.
    void count(NodeId node, Sku sku, Quantity units) { core.count(node, sku, units); }
    Quantity view(NodeId node, Sku sku) const { return edges.peek(kWeb, sku)[node.value]; }
    Quantity atp(NodeId node, Sku sku) const { return core.ledger().atp(node, sku); }

    std::uint32_t order_on_web(Sku sku, Quantity units) {
        sim::Promise promise = promise_of(kWeb, core::Method::ship);
        const core::OrderLine line{sku, units};
        const NodeId lowered = channels.deduct_own_sale(kWeb, line, promise.method, promise.store);
        promise.lowered = {&lowered, 1};
        orders.accept(promise, {&line, 1}, {});
        return orders_++;
    }

    std::uint32_t sell_at_till(Sku sku, Quantity units) {
        sim::Promise promise = promise_of(kPos, core::Method::carry_out);
        const core::OrderLine line{sku, units};
        const Quantity conflicts = 0;
        promise.conflicts = {&conflicts, 1};
        world.truth.take_from_shelf(kStore, sku, units);
        world.truth.cell(kStore, sku).in_hand += units;
        orders.accept(promise, {&line, 1}, {});
        return orders_++;
    }

    // To what an oversold line would be charged if the web sold so many now, all of them from nowhere.
    model::OversoldCause why_oversold(Sku sku, Quantity asked) {
        sim::OversoldLine line;
        line.channel = kWeb;
        line.sku = sku;
        line.nodes = orders.promise_nodes(kWeb, core::Method::ship, kStore);
        line.decided = sim::Decided::on_view;
        line.asked = asked;
        return causes.oversold(line, asked);
    }

    const sim::EdgeStatistics& statistics(const std::string& name) { return edges.statistics()[number_of(world.scenario, name)]; }

    sim::World world;
    sim::Faults faults;
    sim::Causes causes;
    sim::RecordError record_error;
    sim::Accuracy accuracy;
    sim::Counts counts;
    sim::Recorder recorder;
    sim::CoreSystem core;
    sim::Edges edges;
    sim::Channels channels;
    sim::Orders orders;
    sim::Payments payments;
    sim::Operations operations;
    sim::Supply supply;
    sim::Pools pools;
    sim::Commits commits;
    sim::Desks desks;
    sim::Shoppers shoppers;

   private:
    sim::Promise promise_of(ChannelId channel, core::Method method) {
        sim::Promise promise;
        promise.id = 1000 + orders_;
        promise.channel = channel;
        promise.method = method;
        promise.store = kStore;
        promise.persona = 255;
        return promise;
    }

    void resume(std::uint32_t ticket) {
        const sim::Ticket waiting = world.tickets[ticket];
        world.tickets.give_back(ticket);
        waiting.failed ? edges.fail(waiting.subject) : edges.step(waiting.subject);
    }

    void handle(const sim::PendingEvent& event) {
        using sim::EventKind;
        switch (event.kind) {
            case EventKind::infrastructure:
                return resume(event.subject);
            case EventKind::message:
                return edges.step(event.subject);
            case EventKind::edge_tick:
                return edges.tick(event.subject);
            case EventKind::edge_timer:
                return edges.timer(event.subject);
            case EventKind::fault:
                return faults.turn(event.subject);
            case EventKind::hold_expiry:
                return core.expire();
            case EventKind::station:
                return operations.station_done(event.subject);
            case EventKind::delivered:
                return operations.delivered(event.subject);
            case EventKind::webhook:
                return payments.told_again(event.subject);
            case EventKind::take_back:
                return orders.take_back(event.subject);
            case EventKind::order:
                return orders.try_again(event.subject);
            default:
                FAIL("nothing here makes such an event");
        }
    }

    std::uint32_t orders_ = 0;
};

}  // namespace lastunit::sim_tests
