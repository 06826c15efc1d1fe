// Why a unit was oversold or undersold. The parts of the simulator note every mishap here as it happens, per (node, SKU); an
// acceptance or a refusal that the truth contradicts is charged to what stands noted at that instant.
//
// The rule (oversold): a unit was promised because what the channel believed exceeded what was there. The causes that can explain
// the excess are tried in the order of model::OversoldCause, each for as many units as are noted for the promise's nodes; what no
// mishap explains was late news (stale_view), or came between looking and committing (race).
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "model/cause.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

// Mishaps of the record and of views that last until something puts them right. Amounts are units by which what is believed
// exceeds the truth (negative: falls short of it).
enum class Mishap : std::uint8_t {
    phantom,       // record: shrink, damage, misplacement, wrong initial count, mis-scan, wrong books
    misbooked,     // record: a return twice, or at another node
    booked_twice,  // record: a sale booked twice (negative)
    offline_sale,  // record: sold at a till that is offline, not yet told
    lost_sale,     // record: a sale whose message never arrives
    dead_hold,     // units held for a shopper who does not buy (negative: they are there)
};
inline constexpr unsigned kMishaps = 6;

enum class ViewMishap : std::uint8_t { lost, duplicated, reordered, overwritten };
inline constexpr unsigned kViewMishaps = 4;

class Causes {
   public:
    explicit Causes(World& world);

    void note(Mishap what, NodeId node, Sku sku, Quantity change);
    // Of a channel's view of the cell: `change` units of error more (or fewer).
    void note(ChannelId channel, NodeId node, Sku sku, ViewMishap what, Quantity change);
    void view_is_right(ChannelId channel, NodeId node, Sku sku);  // an absolute message in order: earlier mishaps are over

   private:
    World& world_;
};

}  // namespace lastunit::sim
