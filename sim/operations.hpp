// Warehouses and stores at work: every allocated parcel is picked (line by line), packed and dispatched by people who are few and
// keep shifts, then travels to the door or waits in the store to be fetched.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <vector>

#include "model/histogram.hpp"
#include "sim/orders.hpp"
#include "sim/probe.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

struct NodeFigures {
    std::uint64_t parcels = 0, shipped = 0, handed_over = 0, sold_at_till = 0, failed_picks = 0, oversold = 0;
    std::array<model::Histogram, 3> wait;  // by StationKind
    model::Histogram sojourn;
    double busy_s = 0;  // of its pickers
};

class Operations {
   public:
    explicit Operations(World& world);

    // A parcel in three calls: open it, add the pieces, begin.
    std::uint32_t open_parcel(std::uint32_t order, NodeId node);
    void add(std::uint32_t parcel, std::uint32_t piece);
    void begin(std::uint32_t parcel);
    bool untouched(std::uint32_t parcel) const;            // nobody has begun to work on it
    void withdraw(std::uint32_t parcel);                   // an untouched one is gone, its pieces wait no longer
    void join(std::uint32_t parcel, std::uint32_t piece);  // a piece cut off one of a parcel that has begun, and is not picked

    void sold_at_till(NodeId node, Quantity units, Quantity oversold) {
        figures_[node.value].sold_at_till += static_cast<std::uint64_t>(units);
        figures_[node.value].oversold += static_cast<std::uint64_t>(oversold);
    }

    // The kernel's calls.
    void station_done(std::uint32_t job);
    void shift_begins(std::uint32_t node);
    void delivered(std::uint32_t parcel);
    void collect(std::uint32_t parcel);

    const NodeFigures& figures(NodeId node) const { return figures_[node.value]; }
    double pick_utilisation(NodeId node) const;

   private:
    struct Parcel {
        std::uint32_t order = kNone;
        NodeId node;
        std::uint32_t unpicked = 0;
        SimTime begun;
        std::vector<std::uint32_t> pieces;
        core::Method method{};  // as promised when it was begun
        bool refused = false;   // the node has been asked, and will say no
        bool touched = false;   // somebody has begun to pick
        bool collected = true;  // decided when ready: will somebody come?
    };
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
    void enqueue(StationKind kind, NodeId node, std::uint32_t subject);
    void start_waiting(NodeId node, StationKind kind);
    void serve(std::uint32_t job);
    core::Method method_of(const Job& job) const;
    bool is_wanted(const Job& job) const;
    bool refuses(const Parcel& parcel) const;
    void refused(std::uint32_t parcel);
    void leave_out(std::uint32_t piece);
    void pick_over(std::uint32_t piece);
    void piece_settled(std::uint32_t parcel);
    void packed(std::uint32_t parcel);
    void dispatched(std::uint32_t parcel);
    void add_costs(const Parcel& parcel);

    World& world_;
    Pool<Parcel> parcels_;
    Pool<Job> jobs_;
    std::vector<Queue> queues_;
    std::vector<NodeFigures> figures_;
    std::vector<char> shift_pending_;  // [node]
};

}  // namespace lastunit::sim
