// What shoppers send or bring back.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/orders.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

class Returns {
   public:
    explicit Returns(World& world);

    void decide(const Order& order, const Piece& piece);                    // whether, when and where a received piece comes back
    void send_back(const Order& order, const Piece& piece, Duration road);  // to the node that it was sent from: nobody took it
    void handed_in(std::uint32_t parcel);  // the kernel's call: it is there; and, where the record hears of it later, on record

   private:
    struct Returned {
        NodeId node;
        Sku sku;
        Quantity units = 0;
        ChannelId channel;
        std::uint64_t order = 0;
        bool shelved = false;  // back, and not yet on record
    };
    void put_back(const Returned& parcel);

    World& world_;
    Pool<Returned> returned_;
    std::vector<NodeId> nearest_store_;  // [place]
    NodeId warehouse_;                   // where parcels of returns go; kNowhere: to where they came from
};

}  // namespace lastunit::sim
