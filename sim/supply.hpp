// Units that come back or come in: the initial stock, customers' returns, and replenishment.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/orders.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

class Supply {
   public:
    explicit Supply(World& world);

    void stock_up();  // the record by the scenario's rules, the truth as near as it is accurate
    void unit_left(NodeId node, Sku sku, Quantity units);        // base stock orders it again
    void decide_return(const Order& order, const Piece& piece);  // whether, when and where it comes back

    void returned(std::uint32_t delivery);  // handed in; and, where the record hears of it later, on record
    void delivered(std::uint32_t delivery);

   private:
    struct Delivery {
        NodeId node;
        Sku sku;
        Quantity units = 0;
        ChannelId channel;
        std::uint64_t order = 0;  // of a return
        bool shelved = false;     // a return that is back, and not yet on record
    };
    void put_back(const Delivery& delivery);

    World& world_;
    Pool<Delivery> deliveries_;
    std::vector<NodeId> nearest_store_;  // [place]
    NodeId warehouse_;                   // where parcels of returns go; kNowhere: to where they came from
};

}  // namespace lastunit::sim
