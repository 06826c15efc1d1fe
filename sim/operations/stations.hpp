// The stations of warehouses and stores: queues, the people who serve them, and their shifts.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "model/network.hpp"
#include "sim/pool.hpp"
#include "sim/probe.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

class Stations {
   public:
    explicit Stations(World& world);

    // Somebody picks the piece, packs or dispatches the parcel; `Operations` is told when it is done.
    void enqueue(StationKind kind, NodeId node, std::uint32_t subject);
    void refuse(NodeId node, std::uint32_t parcel, Duration after);

    // The kernel's calls.
    void done(std::uint32_t job);
    void shift_begins(std::uint32_t node);

    double pick_utilisation(NodeId node) const;  // busy / staffed time so far, 0..1; 0 where workers are unlimited

   private:
    enum class Work : std::uint8_t { serve, refuse };
    struct Job {
        Work work{};
        StationKind kind{};
        NodeId node;
        std::uint32_t subject = 0;  // pick: the piece; else the parcel
        SimTime arrived;
    };
    struct Queue {
        std::deque<std::uint32_t> first;  // served before the others, where the station has such an order
        std::deque<std::uint32_t> jobs;
        std::uint32_t busy = 0;

        bool empty() const { return first.empty() && jobs.empty(); }
        std::uint32_t pop();
    };

    const model::Station& station(NodeId node, StationKind kind) const;
    Queue& queue(NodeId node, StationKind kind) { return queues_[node.value * 3U + static_cast<unsigned>(kind)]; }
    void start_waiting(NodeId node, StationKind kind);
    void serve(std::uint32_t job);
    core::Method method_of(const Job& job) const;
    bool is_wanted(const Job& job) const;
    double staffed_s(NodeId node) const;

    World& world_;
    Pool<Job> jobs_;
    std::vector<Queue> queues_;
    std::vector<char> shift_pending_;  // [node]
};

}  // namespace lastunit::sim
