// Enumerators of routing as text, spelled as in the code.
#include "core/routing/explanation.hpp"
#include "core/routing/plan.hpp"
#include "core/routing/policy.hpp"
#include "core/routing/protection.hpp"
#include "core/routing/request.hpp"
#include "core/routing/rules.hpp"
#include "core/routing/split_policy.hpp"

namespace lastunit::core {

const char* name_of(RoutingPolicy value) {
    switch (value) {
        case RoutingPolicy::nearest:
            return "nearest";
        case RoutingPolicy::cheapest:
            return "cheapest";
        case RoutingPolicy::fewest_splits:
            return "fewest_splits";
        case RoutingPolicy::rules:
            return "rules";
    }
    return "?";
}

const char* name_of(Method value) {
    switch (value) {
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

const char* name_of(LineSplit value) {
    switch (value) {
        case LineSplit::when_needed:
            return "when_needed";
        case LineSplit::never:
            return "never";
        case LineSplit::freely:
            return "freely";
    }
    return "?";
}

const char* name_of(Strength value) {
    switch (value) {
        case Strength::hard:
            return "hard";
        case Strength::soft:
            return "soft";
    }
    return "?";
}

const char* name_of(Pass value) {
    switch (value) {
        case Pass::first:
            return "first";
        case Pass::second:
            return "second";
    }
    return "?";
}

const char* name_of(Mismatch value) {
    switch (value) {
        case Mismatch::none:
            return "none";
        case Mismatch::channel:
            return "channel";
        case Mismatch::method:
            return "method";
        case Mismatch::value:
            return "value";
        case Mismatch::zone:
            return "zone";
        case Mismatch::sku_class:
            return "sku_class";
        case Mismatch::time_of_day:
            return "time_of_day";
        case Mismatch::promise:
            return "promise";
    }
    return "?";
}

const char* name_of(FilterKind value) {
    switch (value) {
        case FilterKind::node_group:
            return "node_group";
        case FilterKind::within_km:
            return "within_km";
        case FilterKind::capacity_left:
            return "capacity_left";
        case FilterKind::load_below:
            return "load_below";
        case FilterKind::before_cut_off:
            return "before_cut_off";
        case FilterKind::open_now:
            return "open_now";
        case FilterKind::minimum_stock:
            return "minimum_stock";
        case FilterKind::safety_stock:
            return "safety_stock";
    }
    return "?";
}

const char* name_of(SortKey value) {
    switch (value) {
        case SortKey::distance:
            return "distance";
        case SortKey::cost:
            return "cost";
        case SortKey::load:
            return "load";
        case SortKey::balance:
            return "balance";
        case SortKey::age:
            return "age";
        case SortKey::rank:
            return "rank";
    }
    return "?";
}

const char* name_of(Assign value) {
    switch (value) {
        case Assign::sort_first:
            return "sort_first";
        case Assign::least_cost:
            return "least_cost";
    }
    return "?";
}

const char* name_of(SplitChoice value) {
    switch (value) {
        case SplitChoice::ship_now:
            return "ship_now";
        case SplitChoice::wait_for_transfer:
            return "wait_for_transfer";
        case SplitChoice::decline:
            return "decline";
    }
    return "?";
}

const char* name_of(Rejection value) {
    switch (value) {
        case Rejection::none:
            return "none";
        case Rejection::not_allowed:
            return "not_allowed";
        case Rejection::excluded:
            return "excluded";
        case Rejection::not_shipping:
            return "not_shipping";
        case Rejection::out_of_reach:
            return "out_of_reach";
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
        case Rejection::by_rule:
            return "by_rule";
        case Rejection::kept_for_walk_in:
            return "kept_for_walk_in";
        case Rejection::comes_later:
            return "comes_later";
        case Rejection::too_few:
            return "too_few";
        case Rejection::no_strategy:
            return "no_strategy";
        case Rejection::declined:
            return "declined";
        case Rejection::spillover:
            return "spillover";
    }
    return "?";
}

const char* name_of(PlanOutcome value) {
    switch (value) {
        case PlanOutcome::planned:
            return "planned";
        case PlanOutcome::out_of_stock:
            return "out_of_stock";
        case PlanOutcome::split_limit:
            return "split_limit";
        case PlanOutcome::no_node:
            return "no_node";
        case PlanOutcome::no_strategy:
            return "no_strategy";
        case PlanOutcome::reroute_limit:
            return "reroute_limit";
        case PlanOutcome::declined:
            return "declined";
    }
    return "?";
}

}  // namespace lastunit::core
