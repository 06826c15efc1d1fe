// What is known to be wrong with the cells of one channel's view, and why; every change is noted with the causes. Memory for the
// cells that are wrong, and no others.
#pragma once

#include <array>
#include <cstdint>

#include "core/id_map.hpp"
#include "sim/causes.hpp"

namespace lastunit::sim {

class ViewMarks {
   public:
    ViewMarks(World& world, ChannelId channel) : world_(world), channel_(channel) {}

    bool none() const { return marked_.size() == 0; }
    // Units by which the cell's view is too high because of it; negative: too low.
    Quantity amount(NodeId node, Sku sku, ViewMishap what) const;
    void add(NodeId node, Sku sku, ViewMishap what, Quantity change);
    void set(NodeId node, Sku sku, ViewMishap what, Quantity amount) {
        add(node, sku, what, amount - this->amount(node, sku, what));
    }
    void clear(NodeId node, Sku sku);  // the view was told the truth of the record

   private:
    using Amounts = std::array<Quantity, kViewMishaps>;

    World& world_;
    ChannelId channel_;
    core::IdMap<Amounts> marked_;  // by cell
};

}  // namespace lastunit::sim
