// How long stock lies, how often it is turned over, and where there is none. Looks at the truth.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "model/histogram.hpp"
#include "model/run_record.pb.h"
#include "sim/world.hpp"

namespace lastunit::sim {

class StockFigures {
   public:
    explicit StockFigures(World& world);

    void stocked(NodeId node, Sku sku);                  // it has units at the start
    void start();                                        // ... and they are all there
    void arrived(NodeId node, Sku sku, Quantity units);  // on a shelf, from outside the node
    void sample();                                       // a step of the time series ends

    void fill(model::Kpi& kpi) const;
    std::uint64_t empty_cells(NodeId node) const;
    // Value that what is on shelves now has lost by its age, at catalogue prices: see `costs.unsold`. By node.
    std::vector<Money> unsold_markdown() const;

   private:
    static constexpr std::uint32_t kPopular = 10;      // SKUs
    static constexpr std::size_t kMostWatched = 1000;  // of their cells, so that a sample costs nothing in a large network

    struct Arrival {
        std::uint64_t cell = 0;
        SimTime at;
        Quantity units = 0;
    };
    bool empty(std::size_t cell) const { return stocked_[cell] && world_.truth.cells()[cell].shelf <= 0; }
    using Aged = std::function<void(std::size_t cell, Duration age, Quantity units)>;
    void each_age(const Aged& visit) const;
    void fill_age(model::TimeStats& out) const;

    World& world_;
    bool keeps_arrivals_;               // where the scenario has more coming in than `inbound`, or asks for ages
    std::vector<bool> stocked_;         // [cell]
    std::vector<std::size_t> popular_;  // cells
    std::vector<Arrival> arrivals_;     // in the order of time
    std::uint64_t samples_ = 0, left_ = 0, empty_ = 0;
    double stock_ = 0;  // sum over the samples
};

}  // namespace lastunit::sim
