// Parcels by where they leave and where they go, in steps of time.
#pragma once

#include <cstdint>
#include <vector>

#include "core/types.hpp"
#include "model/run_record.pb.h"
#include "sim/world.hpp"

namespace lastunit::sim {

class Flows {
   public:
    using Flow = std::uint32_t;

    explicit Flows(const World& world);

    Flow to_place(NodeId from, std::uint16_t place) { return flow(from, place); }
    Flow to_node(NodeId from, NodeId to) { return flow(from, places_ + to.value); }

    void parcel(Flow flow);
    void split(Flow flow, std::uint64_t parcels);  // so many of those were of orders that several nodes sent
    void close_step();

    void fill(model::NetworkSeries& out) const;

   private:
    static constexpr std::size_t kReported = 400;
    static constexpr std::uint32_t kNone = UINT32_MAX;

    struct Counts {
        NodeId from;
        std::uint32_t to = 0;  // a place, or behind all of them a node
        std::uint32_t in_step = 0;
        std::uint64_t parcels = 0, split = 0;
    };
    struct Step {
        Flow flow = 0;
        std::uint32_t parcels = 0;
    };
    Flow flow(NodeId from, std::uint32_t to);

    const World& world_;
    std::uint32_t places_, ends_;
    std::vector<Flow> number_;  // [from][to]; kNone: nothing yet
    std::vector<Counts> flows_;
    std::vector<Flow> active_;  // in this step
    std::vector<Step> steps_;   // at most one per parcel, however many flows there could be
    std::vector<std::size_t> step_ends_;
};

}  // namespace lastunit::sim
