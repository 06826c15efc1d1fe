// How the record learns from the shelf: cycle counts, and pickers who come back with less than they were sent for.
#pragma once

#include <cstdint>
#include <vector>

#include "core/types.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

// Why a piece was not picked whole.
enum class NotPicked : std::uint8_t {
    absent,         // not so many are on the shelf
    overlooked,     // they are, and the picker did not see them
    not_available,  // the system does not let the last available units be picked
};

class Counts {
   public:
    explicit Counts(World& world);

    void start();
    // EventKind::cycle_count: every SKU of the node is counted, with what is picked or in shoppers' hands; misplaced units are
    // found.
    void count(std::uint32_t node);

    // A picker came back without (all of) a piece. Whoever counts after that sees the shelf and what is picked; units in
    // shoppers' hands are missed, and the record falls short by them.
    void pick_failed(NodeId node, Sku sku, NotPicked why);

   private:
    void correct(NodeId node, Sku sku, Quantity counted);

    World& world_;
    std::vector<std::uint32_t> counts_;  // [node]: so far
};

}  // namespace lastunit::sim
