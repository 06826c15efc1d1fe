// What makes the truth part from the record, beside lateness: wrong stock at the start, units that vanish, scans and returns that
// are booked wrongly, pickers who overlook what is there (model/accuracy.hpp). How far they are apart is kept by RecordError.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "core/types.hpp"
#include "model/event_log.pb.h"
#include "sim/world.hpp"

namespace lastunit::sim {

class Accuracy {
   public:
    explicit Accuracy(World& world);

    void start();                      // the clocks of shrink, damage and misplacement, which stop with the horizon
    void strike(std::uint32_t which);  // EventKind::accuracy: one unit of some (node, SKU) vanishes, if there is one

    bool concerns(NodeId node) const { return concerned_[node.value] != 0; }

    // Units that are there at the start, where `recorded` are on record.
    Quantity there_at_start(NodeId node, Sku sku, Quantity recorded) const;
    // Misplaced units are found at a count: back on the shelf.
    void find_misplaced(NodeId node, Sku sku);
    // The picker of the order's line does not see it.
    bool overlooks(std::uint64_t order, NodeId node, Sku sku) const;

    // The SKU as which a till books a line (a piece of an order).
    Sku scan(std::uint64_t order, std::uint32_t piece, NodeId store, Sku sku);
    Sku booked_as(std::uint32_t piece, Sku sku) const;

    // What becomes of a returned line on record.
    struct Booking {
        NodeId node;  // where
        std::int32_t times = 1;
        Duration late{0};

        bool right(NodeId came_to) const { return node == came_to && times == 1 && late.us == 0; }
    };
    Booking book_return(std::uint64_t order, NodeId node, Sku sku) const;

   private:
    enum class Strike : std::uint8_t { shrink, damage, misplacement };

    double rate(Strike which) const;  // per second, over all (node, SKU) concerned
    void schedule(Strike which);
    static model::StockMove move_of(Strike which);
    void vanish(Strike which, NodeId node, Sku sku);

    World& world_;
    const model::Accuracy& how_;
    std::vector<NodeId> nodes_;
    std::vector<char> concerned_;  // [node]
    std::uint32_t strikes_[3] = {};
    std::vector<Quantity> misplaced_;          // [cell]; empty where nothing ever is
    std::map<std::uint32_t, Sku> misscanned_;  // by piece
};

}  // namespace lastunit::sim
