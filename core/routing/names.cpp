// Enumerators of routing as text, spelled as in the code.
#include "core/routing/explanation.hpp"
#include "core/routing/plan.hpp"
#include "core/routing/policy.hpp"
#include "core/routing/request.hpp"

namespace lastunit::core {

const char* name_of(RoutingPolicy policy) {
    switch (policy) {
        case RoutingPolicy::nearest:
            return "nearest";
        case RoutingPolicy::cheapest:
            return "cheapest";
        case RoutingPolicy::fewest_splits:
            return "fewest_splits";
    }
    return "?";
}

const char* name_of(Method method) {
    switch (method) {
        case Method::ship:
            return "ship";
        case Method::pickup:
            return "pickup";
        case Method::locker:
            return "locker";
        case Method::carry_out:
            return "carry_out";
        case Method::reserve_in_store:
            return "reserve_in_store";
    }
    return "?";
}

const char* name_of(LineSplit lines) {
    switch (lines) {
        case LineSplit::when_needed:
            return "when_needed";
        case LineSplit::never:
            return "never";
        case LineSplit::freely:
            return "freely";
    }
    return "?";
}

const char* name_of(Rejection reason) {
    switch (reason) {
        case Rejection::none:
            return "none";
        case Rejection::not_allowed:
            return "not_allowed";
        case Rejection::excluded:
            return "excluded";
        case Rejection::not_shipping:
            return "not_shipping";
        case Rejection::no_handover:
            return "no_handover";
        case Rejection::closed:
            return "closed";
        case Rejection::no_capacity:
            return "no_capacity";
        case Rejection::no_stock:
            return "no_stock";
        case Rejection::costlier:
            return "costlier";
        case Rejection::split_limit:
            return "split_limit";
    }
    return "?";
}

const char* name_of(PlanOutcome outcome) {
    switch (outcome) {
        case PlanOutcome::planned:
            return "planned";
        case PlanOutcome::out_of_stock:
            return "out_of_stock";
        case PlanOutcome::split_limit:
            return "split_limit";
        case PlanOutcome::no_node:
            return "no_node";
    }
    return "?";
}

}  // namespace lastunit::core
