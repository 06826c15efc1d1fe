// Walk-in sales lost to online orders.
//
// A walk-in shopper who would have bought is refused a line of q units, because the shelf holds only s < q of them. The sale is
// lost to online orders if pickers had taken at least q - s units of that SKU off that shelf for online orders before, units that
// have not been blamed yet; q - s of them are blamed then, so that each picked unit explains one missing unit at most. What was
// delivered in between does not clear anybody: the shelf would have held the picked units beside it.
#pragma once

#include <vector>

#include "core/types.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

class WalkIns {
   public:
    explicit WalkIns(World& world);

    void picked_for_order(NodeId node, Sku sku, Quantity units);  // off the shelf, for an order that was not made there
    void put_back(NodeId node, Sku sku, Quantity units);          // on the same shelf again: nobody misses them there
    // A line that the shelf could not serve, after the units `besides` that the same shopper takes there: whether it is lost.
    bool lost_to_orders(NodeId store, Sku sku, Quantity units, Quantity besides);

    std::uint64_t lost_units(NodeId store) const { return lost_[store.value]; }

   private:
    World& world_;
    std::vector<char> walk_in_;                  // [node]: a till's channel sells from its shelf
    std::vector<std::vector<Quantity>> picked_;  // [node][sku], not yet blamed; empty until something was picked there
    std::vector<std::uint64_t> lost_;            // [node]
};

}  // namespace lastunit::sim
