#include "model/history/operation.hpp"

namespace lastunit::model {

const char* name_of(OperationKind kind) {
    switch (kind) {
        case OperationKind::hold:
            return "hold";
        case OperationKind::extend:
            return "extend";
        case OperationKind::release:
            return "release";
        case OperationKind::confirm:
            return "confirm";
        case OperationKind::allocate:
            return "allocate";
        case OperationKind::deallocate:
            return "deallocate";
        case OperationKind::sell:
            return "sell";
        case OperationKind::receive:
            return "receive";
        case OperationKind::take_return:
            return "return";
        case OperationKind::adjust:
            return "adjust";
        case OperationKind::read:
            return "read";
    }
    return "?";
}

const char* name_of(OperationAnswer answer) {
    switch (answer) {
        case OperationAnswer::applied:
            return "applied";
        case OperationAnswer::unknown:
            return "unknown";
        case OperationAnswer::out_of_stock:
            return "out_of_stock";
        case OperationAnswer::unknown_hold:
            return "unknown_hold";
        case OperationAnswer::hold_expired:
            return "hold_expired";
        case OperationAnswer::hold_ended:
            return "hold_ended";
        case OperationAnswer::hold_exists:
            return "hold_exists";
        case OperationAnswer::unknown_order:
            return "unknown_order";
        case OperationAnswer::key_reused:
            return "key_reused";
        case OperationAnswer::overloaded:
            return "overloaded";
        case OperationAnswer::invalid:
            return "invalid";
        case OperationAnswer::other_refusal:
            return "other_refusal";
    }
    return "?";
}

}  // namespace lastunit::model
