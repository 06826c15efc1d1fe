// Stock that comes in: what is there at the start, and replenishment.
#pragma once

#include <cstdint>

#include "sim/world.hpp"

namespace lastunit::sim {

class Supply {
   public:
    explicit Supply(World& world) : world_(world) {}

    void stock_up();  // the record by the scenario's rules, the truth as near as it is accurate
    void unit_left(NodeId node, Sku sku, Quantity units);                                    // base stock orders it again
    void order(NodeId node, Sku sku, Quantity units, const model::Distribution& lead_time);  // on record as on its way
    void delivered(std::uint32_t delivery);                                                  // the kernel's call

   private:
    struct Delivery {
        NodeId node;
        Sku sku;
        Quantity units = 0;
    };
    void deliver(NodeId node, Sku sku, Quantity units, const model::Distribution& lead_time);

    World& world_;
    Pool<Delivery> deliveries_;
};

}  // namespace lastunit::sim
