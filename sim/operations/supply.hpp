// Stock that comes in: what is there at the start, and replenishment.
#pragma once

#include <cstdint>

#include "sim/world.hpp"

namespace lastunit::sim {

class Supply {
   public:
    explicit Supply(World& world) : world_(world) {}

    void stock_up();  // the record by the scenario's rules, the truth as near as it is accurate
    void unit_left(NodeId node, Sku sku, Quantity units);  // base stock orders it again
    void delivered(std::uint32_t delivery);                // the kernel's call

   private:
    struct Delivery {
        NodeId node;
        Sku sku;
        Quantity units = 0;
    };
    Quantity units_by(const model::StockRule& rule, NodeId node, Sku sku, double share_of_rule) const;

    World& world_;
    Pool<Delivery> deliveries_;
};

}  // namespace lastunit::sim
