// The people who look at what came back, one returned line after the other, in their node's shifts.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "model/histogram.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

class Inspection {
   public:
    explicit Inspection(World& world) : world_(world), desks_(world.scenario.network.nodes.size()) {}

    // `Returns` is told when somebody has looked at it.
    void enqueue(NodeId node, std::uint32_t returned, const model::Station& station, Duration service);

    // The kernel's calls.
    void done(std::uint32_t job);
    void shift_begins(std::uint32_t node);

    const model::Histogram& waits(NodeId node) const { return desks_[node.value].waits; }

   private:
    struct Job {
        NodeId node;
        std::uint32_t returned = 0;
        SimTime arrived;
        Duration service{0};
    };
    struct Desk {
        std::deque<std::uint32_t> waiting;
        std::uint32_t workers = 0;  // 0 = unlimited
        std::uint32_t busy = 0;
        bool shift_pending = false;
        model::Histogram waits;
    };
    void start_waiting(NodeId node);

    World& world_;
    Pool<Job> jobs_;
    std::vector<Desk> desks_;  // [node]
};

}  // namespace lastunit::sim
