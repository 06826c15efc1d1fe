// The network over time: what lies at each node, what it does, and what it sends where, in steps long enough to be drawn.
#pragma once

#include <cstdint>
#include <vector>

#include "core/types.hpp"
#include "model/run_record.pb.h"
#include "sim/flows.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

struct Order;
enum class PieceState : std::uint8_t;

class NetworkSteps {
   public:
    explicit NetworkSteps(const World& world);

    // A parcel of the order is sent, or fetched where it lies. The order does not know yet that it has left.
    void parcel_left(const Order& order, NodeId from, PieceState how);
    void part_leaves(NodeId from, NodeId gathered_at);  // of a parcel
    void worked(NodeId node, Duration span);            // one of the node's people is at work, from now on

    void sample();  // a step of the time series ends
    void fill(model::NetworkSeries& out) const;

   private:
    struct Seen {  // of what a node's figures count, at the end of the last step
        std::uint64_t shipped = 0, handed_over = 0, sold_at_till = 0, oversold = 0;
    };
    Flows::Flow flow_of(const Order& order, NodeId from, PieceState how);
    void fill_people(model::NodeSteps& out, NodeId node) const;
    void close_step();

    const World& world_;
    Flows flows_;
    std::size_t every_ = 1;  // samples of the time series
    Duration step_;
    std::size_t steps_ = 0;  // over the horizon
    std::size_t samples_ = 0;
    std::uint64_t sent_ = 0, collected_ = 0, gathered_ = 0;
    std::vector<Seen> seen_;      // [node]
    std::vector<double> busy_s_;  // [node][step]; unlimited workers are never busy
    std::vector<model::NodeSteps> nodes_;
};

}  // namespace lastunit::sim
