// What shoppers send or bring back, and what becomes of it: straight to the shelf, or, where the scenario has a rule for the
// node, quarantined until somebody has looked at it, and then restocked, sent on, sold off or written off.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "model/return_path.hpp"
#include "sim/orders.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

class Returns {
   public:
    explicit Returns(World& world);

    void decide(const Order& order, const Piece& piece);                    // whether, when and where a received piece comes back
    void send_back(const Order& order, const Piece& piece, Duration road);  // to the node that it was sent from: nobody took it
    void handed_in(std::uint32_t parcel);  // the kernel's call: it is there; and, where the record hears of it later, on record

    void inspected(std::uint32_t parcel);               // `Inspection` reports
    void left(model::ReturnPath path, Quantity units);  // inspection, for good

    std::uint64_t returned_to(NodeId node) const { return returned_to_[node.value]; }
    std::uint64_t by_path(model::ReturnPath path) const { return by_path_[static_cast<unsigned>(path)]; }

   private:
    struct Returned {
        NodeId node;
        Sku sku;
        Quantity units = 0;
        ChannelId channel;
        std::uint64_t order = 0;
        NodeId sold_from;
        bool shelved = false;  // back, and not yet on record
    };
    const model::ReturnsRule* rule(NodeId node) const;
    NodeId goes_to(const Order& order, const Piece& piece, double share) const;
    void count(const Returned& parcel);
    void put_back(const Returned& parcel);
    void book(std::uint32_t index);
    void restock(std::uint32_t index);

    World& world_;
    Pool<Returned> returned_;
    std::vector<NodeId> nearest_store_;       // [place]
    NodeId warehouse_;                        // where parcels of returns go; kNowhere: to where they came from
    std::vector<std::uint16_t> rule_of_;      // [node]; empty where the scenario has none
    std::vector<std::uint64_t> returned_to_;  // [node], units
    std::array<std::uint64_t, model::kReturnPaths> by_path_{};
};

}  // namespace lastunit::sim
