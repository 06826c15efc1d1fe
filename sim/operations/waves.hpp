// Order lines that are released to the pickers together: by the clock, or as soon as there are enough.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/world.hpp"

namespace lastunit::sim {

class Waves {
   public:
    explicit Waves(World& world) : world_(world), next_(world.scenario.network.nodes.size()) {}

    void add(NodeId node, std::uint32_t job);  // of a node that picks in waves
    void turn(std::uint32_t node);             // the kernel's call: the clock releases what waits
    template <class Leaves> void erase_if(NodeId node, Leaves leaves) { std::erase_if(next_[node.value].jobs, leaves); }
    const std::vector<std::uint32_t>& waiting(NodeId node) const { return next_[node.value].jobs; }
    SimTime oldest(NodeId node) const;  // arrival of the line that has waited longest; kNever: none waits

   private:
    struct Wave {
        std::vector<std::uint32_t> jobs;  // in order of arrival
        bool expected = false;            // the clock's next release is among the events
    };
    void release(NodeId node);

    World& world_;
    std::vector<Wave> next_;  // [node]
};

}  // namespace lastunit::sim
