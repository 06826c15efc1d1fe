// What the parts of one run share: the scenario, the clock, the pending events, the truth, and each other.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/types.hpp"
#include "model/random.hpp"
#include "model/scenario.hpp"
#include "sim/kernel/event_queue.hpp"
#include "sim/kernel/fingerprint.hpp"
#include "sim/kernel/infrastructure.hpp"
#include "sim/pool.hpp"
#include "sim/truth.hpp"

namespace lastunit::sim {

class Probe;
class Recorder;
class CoreSystem;
class Edges;
class Channels;
class Orders;
class Payments;
class Operations;
class Stations;
class Teams;
class Waves;
class Carriage;
class Shoppers;
class Supply;
class Returns;
class Inspection;
class Transfers;
class Replenishment;
class StockFigures;
class Faults;
class Causes;
class Accuracy;
class RecordError;
class Counts;
class Pools;
class Commits;
class Desks;
class Costs;
class WalkIns;
class EventLog;
class Importance;
class Live;

// Who waits for a step of the infrastructure.
struct Ticket {
    enum class Owner : std::uint8_t { message, message_in_core, shopper, commit };
    Owner owner{};
    std::uint32_t subject = 0;
    bool failed = false;  // its host or link went off
};

// What a node does for shoppers who are elsewhere, as configured now.
struct NodeService {
    bool ships = true;
    bool hands_over = false;
};

struct World {
    World(const model::Scenario& the_scenario, std::uint64_t the_seed, Probe* the_probe)
        : scenario(the_scenario),
          configured(the_scenario.design),
          design(configured),
          seed(the_seed),
          key(the_seed),
          probe(the_probe),
          infrastructure(the_scenario.design, the_scenario.faults),
          truth(static_cast<std::uint32_t>(the_scenario.network.nodes.size()),
                static_cast<std::uint32_t>(the_scenario.catalogue.skus.size())) {
        for (const model::Node& node : the_scenario.network.nodes) services.push_back({node.ships, node.hands_over});
    }

    const model::Scenario& scenario;
    model::Design configured;           // for whoever changes the configuration during the run ...
    const model::Design& design;        // ... and for everybody who reads it
    std::vector<NodeService> services;  // [node]
    const std::uint64_t seed;
    std::uint64_t key;   // of every draw from now on: the seed, until the run is split (sim/levels.hpp)
    Probe* const probe;  // may be null
    bool judges = true;  // holds promises against the truth: see sim::Judging

    SimTime now{0};
    EventQueue queue;
    Fingerprint fingerprint;
    Infrastructure infrastructure;
    Truth truth;
    Pool<Ticket> tickets;

    Recorder* recorder = nullptr;
    CoreSystem* core = nullptr;
    Edges* edges = nullptr;
    Channels* channels = nullptr;
    Orders* orders = nullptr;
    Payments* payments = nullptr;
    Operations* operations = nullptr;
    Stations* stations = nullptr;
    Teams* teams = nullptr;
    Waves* waves = nullptr;
    Carriage* carriage = nullptr;
    Shoppers* shoppers = nullptr;
    Supply* supply = nullptr;
    Returns* returns = nullptr;
    Inspection* inspection = nullptr;
    Transfers* transfers = nullptr;
    Replenishment* replenishment = nullptr;
    StockFigures* stock_figures = nullptr;
    Faults* faults = nullptr;
    Causes* causes = nullptr;
    Accuracy* accuracy = nullptr;
    RecordError* record_error = nullptr;
    Counts* counts = nullptr;
    Pools* pools = nullptr;
    Commits* commits = nullptr;
    Desks* desks = nullptr;
    Costs* costs = nullptr;
    WalkIns* walk_ins = nullptr;
    EventLog* log = nullptr;           // null: nobody wants one
    Importance* importance = nullptr;  // null: nobody watches for a rare event
    Live* live = nullptr;              // null: all is simulated, or a live run has come to that

    // Index of a (node, SKU) in every table of the simulator: SKU-major, so that a scan over the network is one stride.
    std::size_t cell_of(NodeId node, Sku sku) const {
        return std::size_t{sku.value} * scenario.network.nodes.size() + node.value;
    }
    std::size_t cells() const { return scenario.network.nodes.size() * scenario.catalogue.skus.size(); }

    void after(Duration delay, EventKind kind, std::uint32_t subject) { queue.push(now + delay, kind, subject); }

    double uniform(model::Purpose purpose, std::uint64_t entity, std::uint32_t index = 0) const {
        return model::uniform(key, purpose, entity, index);
    }
    Duration draw(const model::Distribution& distribution, model::Purpose purpose, std::uint64_t entity,
                  std::uint32_t index = 0) const {
        if (distribution.kind == model::Distribution::Kind::constant) return distribution.sample_time(0.5);
        return distribution.sample_time(uniform(purpose, entity, index));
    }

    // nullptr: a replayed order, whose shopper nobody knows.
    const model::Persona* persona(std::uint8_t index) const {
        return index < scenario.personas.size() ? &scenario.personas[index] : nullptr;
    }

    // The part of the run that figures and wages are of: the horizon without the warm-up.
    SimTime measured_from() const { return SimTime{0} + scenario.run.warm_up; }
    SimTime horizon() const { return SimTime{0} + scenario.run.horizon; }
    // What of a span that begins at `from` lies in it, and what after it.
    struct Parts {
        Duration measured{0}, after{0};
    };
    Parts parts_of(SimTime from, Duration span) const {
        const SimTime end = from + span;
        const Duration measured = std::min(end, horizon()) - std::max(from, measured_from());
        const Duration after = end - std::max(from, horizon());
        return {std::max(measured, Duration{0}), std::max(after, Duration{0})};
    }

    SimTime local(SimTime at) const { return at + scenario.run.start_of_day; }
    std::uint32_t ticket(Ticket::Owner owner, std::uint32_t subject) {
        const std::uint32_t index = tickets.take();
        tickets[index] = {owner, subject, false};
        return index;
    }
};

}  // namespace lastunit::sim
