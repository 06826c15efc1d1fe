// Why a unit was oversold or undersold: exactly one cause each. How it is decided is written in sim/causes.hpp.
#pragma once

#include <cstdint>

namespace lastunit::model {

// In the order in which they are tried: the rarest mishap first, ordinary lateness last.
enum class OversoldCause : std::uint8_t {
    hold_expired_but_paid,  // the hold ran out, the payment came, and the order was honoured
    race,                   // it was there when the channel looked, and sold before the channel committed
    return_misbooked,       // a returned unit was on record twice, or where it was not
    duplicate_message,      // a message applied twice raised the view or the record
    reordered_message,      // an older message undid a newer one
    lost_message,           // a message about a sale never arrived
    snapshot_overwrite,     // a full state overwrote sales that it did not know of
    offline_sale,           // a till sold it without a connection
    phantom_stock,          // the record was above the truth: shrink, damage, misplacement, a wrong count or a wrong book
    pos_conflict,           // a store shopper had taken it off the shelf
    buffer_breach,          // late news, and more was sold meanwhile than the buffer covers
    stale_view,             // late news
};
inline constexpr unsigned kOversoldCauses = 12;
const char* name_of(OversoldCause cause);

enum class UndersoldCause : std::uint8_t {
    node_closed,        // what could serve takes no orders: node closed, not shipping, at capacity, too dear, or the core cut off
    buffer,             // the safety buffer, or protection for walk-in shoppers, hid it
    pool_split,         // another channel's quota had it
    held_by_dead_hold,  // held for a shopper who does not buy
    phantom_shortage,   // the record was below the truth
    stale_view,         // late news
    declined,           // the split policy: serving it would have cost more
};
inline constexpr unsigned kUndersoldCauses = 7;
const char* name_of(UndersoldCause cause);

}  // namespace lastunit::model
