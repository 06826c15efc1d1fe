// The parts of a run without its shoppers, moved by hand: a test changes the stock, sells, lets time pass, and looks at what each
// part believes. A scenario with hosts needs a process of its own (tests/support/forked.hpp).
#pragma once

#include <catch2/catch.hpp>
#include <fstream>
#include <initializer_list>
#include <string>
#include <utility>

#include "sim/parts.hpp"
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

// The parts refer to their scenario: it has to outlive them.
struct KeptScenario {
    model::Scenario kept;
};

class Parts : private KeptScenario, public sim::Parts {
   public:
    explicit Parts(model::Scenario scenario, std::uint64_t seed = 1)
        : KeptScenario{std::move(scenario)}, sim::Parts(kept, seed, nullptr) {
        supply.stock_up();
        faults.start();
        edges.start();
    }

    // Lets everything happen up to and at this instant.
    void until(Duration since_start) {
        const SimTime end = SimTime{0} + since_start;
        world.queue.push(end + microseconds(1), sim::EventKind::measure, 0);  // SimGrid is asked up to the next event
        for (;;) {
            advance_infrastructure(world.queue.top().at);
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
        return accepted_++;
    }

    std::uint32_t sell_at_till(Sku sku, Quantity units) {
        sim::Promise promise = promise_of(kPos, core::Method::carry_out);
        const core::OrderLine line{sku, units};
        const Quantity conflicts = 0;
        promise.conflicts = {&conflicts, 1};
        world.truth.take_from_shelf(kStore, sku, units);
        world.truth.cell(kStore, sku).in_hand += units;
        orders.accept(promise, {&line, 1}, {});
        return accepted_++;
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

   private:
    sim::Promise promise_of(ChannelId channel, core::Method method) {
        sim::Promise promise;
        promise.id = 1000 + accepted_;
        promise.channel = channel;
        promise.method = method;
        promise.store = kStore;
        promise.persona = 255;
        return promise;
    }

    std::uint32_t accepted_ = 0;
};

}  // namespace lastunit::sim_tests
