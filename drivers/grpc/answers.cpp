#include "drivers/grpc/answers.hpp"

namespace lastunit::drivers {

using core::Outcome;

wire::Outcome outcome_on_the_wire(Outcome outcome) {
    switch (outcome) {
        case Outcome::applied:
            return wire::APPLIED;
        case Outcome::key_reused:
            return wire::KEY_REUSED;
        case Outcome::empty:
        case Outcome::quantity_not_positive:
        case Outcome::ttl_not_positive:
            return wire::MALFORMED;
        case Outcome::unknown_node:
            return wire::UNKNOWN_NODE;
        case Outcome::unknown_sku:
            return wire::UNKNOWN_SKU;
        case Outcome::unknown_channel:
            return wire::UNKNOWN_CHANNEL;
        case Outcome::hold_exists:
            return wire::EXISTS;
        case Outcome::unknown_hold:
            return wire::UNKNOWN_HOLD;
        case Outcome::hold_expired:
            return wire::HOLD_EXPIRED;
        case Outcome::hold_ended:
            return wire::HOLD_ENDED;
        case Outcome::unknown_order:
            return wire::UNKNOWN_ORDER;
        case Outcome::unknown_transfer:
            return wire::UNKNOWN_TRANSFER;
        case Outcome::same_node:
        case Outcome::not_picked:
        case Outcome::already_picked:
            return wire::WRONG_STATE;
        case Outcome::not_enough_on_hand:
        case Outcome::not_enough_in_state:
        case Outcome::out_of_stock:
            return wire::OUT_OF_STOCK;
        case Outcome::over_limit:
            return wire::OVER_LIMIT;
    }
    return wire::OUTCOME_UNSPECIFIED;
}

void settle(wire::Outcome outcome, Completion& completion) {
    completion.settled = outcome == wire::APPLIED ? Settled::applied : Settled::refused;
    completion.cause = Cause::outcome;
    switch (outcome) {
        case wire::APPLIED:
            completion.outcome = Outcome::applied;
            return;
        case wire::KEY_REUSED:
            completion.outcome = Outcome::key_reused;
            return;
        case wire::MALFORMED:
            completion.outcome = Outcome::empty;
            return;
        case wire::UNKNOWN_NODE:
            completion.outcome = Outcome::unknown_node;
            return;
        case wire::UNKNOWN_SKU:
            completion.outcome = Outcome::unknown_sku;
            return;
        case wire::UNKNOWN_CHANNEL:
            completion.outcome = Outcome::unknown_channel;
            return;
        case wire::EXISTS:
            completion.outcome = Outcome::hold_exists;
            return;
        case wire::UNKNOWN_HOLD:
            completion.outcome = Outcome::unknown_hold;
            return;
        case wire::HOLD_EXPIRED:
            completion.outcome = Outcome::hold_expired;
            return;
        case wire::HOLD_ENDED:
            completion.outcome = Outcome::hold_ended;
            return;
        case wire::UNKNOWN_ORDER:
            completion.outcome = Outcome::unknown_order;
            return;
        case wire::UNKNOWN_TRANSFER:
            completion.outcome = Outcome::unknown_transfer;
            return;
        case wire::WRONG_STATE:
            completion.outcome = Outcome::not_picked;
            return;
        case wire::OUT_OF_STOCK:
            completion.outcome = Outcome::out_of_stock;
            return;
        case wire::OVER_LIMIT:
            completion.outcome = Outcome::over_limit;
            return;
        case wire::OVERLOADED:
            completion.cause = Cause::overloaded;
            return;
        case wire::UNAVAILABLE:
            completion.cause = Cause::unavailable;
            return;
        default:
            completion.settled = Settled::unknown;
            completion.cause = Cause::no_answer;
            return;
    }
}

}  // namespace lastunit::drivers
