// Enumerators as text, spelled as in the code. Every switch is complete: the compiler names a forgotten enumerator.
#include "core/ledger.hpp"

namespace lastunit::core {

const char* name_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::applied:
            return "applied";
        case Outcome::key_reused:
            return "key_reused";
        case Outcome::empty:
            return "empty";
        case Outcome::quantity_not_positive:
            return "quantity_not_positive";
        case Outcome::ttl_not_positive:
            return "ttl_not_positive";
        case Outcome::unknown_node:
            return "unknown_node";
        case Outcome::unknown_sku:
            return "unknown_sku";
        case Outcome::unknown_channel:
            return "unknown_channel";
        case Outcome::same_node:
            return "same_node";
        case Outcome::hold_exists:
            return "hold_exists";
        case Outcome::unknown_hold:
            return "unknown_hold";
        case Outcome::hold_expired:
            return "hold_expired";
        case Outcome::hold_ended:
            return "hold_ended";
        case Outcome::unknown_order:
            return "unknown_order";
        case Outcome::unknown_transfer:
            return "unknown_transfer";
        case Outcome::not_picked:
            return "not_picked";
        case Outcome::already_picked:
            return "already_picked";
        case Outcome::not_enough_on_hand:
            return "not_enough_on_hand";
        case Outcome::not_enough_in_state:
            return "not_enough_in_state";
        case Outcome::out_of_stock:
            return "out_of_stock";
        case Outcome::over_limit:
            return "over_limit";
    }
    return "?";
}

const char* name_of(EventKind kind) {
    switch (kind) {
        case EventKind::received:
            return "received";
        case EventKind::adjusted:
            return "adjusted";
        case EventKind::held:
            return "held";
        case EventKind::extended:
            return "extended";
        case EventKind::released:
            return "released";
        case EventKind::expired:
            return "expired";
        case EventKind::confirmed:
            return "confirmed";
        case EventKind::allocated:
            return "allocated";
        case EventKind::deallocated:
            return "deallocated";
        case EventKind::picked:
            return "picked";
        case EventKind::shipped:
            return "shipped";
        case EventKind::sold:
            return "sold";
        case EventKind::transfer_sent:
            return "transfer_sent";
        case EventKind::transfer_received:
            return "transfer_received";
        case EventKind::returned:
            return "returned";
        case EventKind::quarantined:
            return "quarantined";
        case EventKind::unquarantined:
            return "unquarantined";
        case EventKind::safety_set:
            return "safety_set";
        case EventKind::fence_set:
            return "fence_set";
        case EventKind::inbound_expected:
            return "inbound_expected";
        case EventKind::disposed:
            return "disposed";
    }
    return "?";
}

}  // namespace lastunit::core
