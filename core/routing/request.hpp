// What routing is asked: one order.
#pragma once

#include <cstdint>
#include <span>

#include "core/types.hpp"

namespace lastunit::core {

struct SplitPolicy;

enum class Method : std::uint8_t { ship, pickup, locker, carry_out, reserve_in_store };
const char* name_of(Method method);
constexpr bool by_parcel(Method method) { return method == Method::ship || method == Method::locker; }
constexpr bool waits_in_store(Method method) { return method == Method::pickup || method == Method::reserve_in_store; }

// Whether one line may come from several nodes.
enum class LineSplit : std::uint8_t {
    when_needed,  // only when no usable node has it whole
    never,        // line complete: such a line is not served at all
    freely,       // whenever it is cheaper
};
const char* name_of(LineSplit lines);

struct OrderLine {
    Sku sku;
    Quantity quantity = 0;
};

struct RouteRequest {
    std::span<const OrderLine> lines;  // the same SKU may stand on two lines: they are checked together
    ZoneId zone;                       // destination
    Method method = Method::ship;
    NodeId place;  // the store, for pickup and reserve_in_store
    ChannelId channel;
    std::span<const NodeId> excluded;  // nodes that already failed this order
    std::uint32_t max_nodes = 4;       // split limit
    std::span<const NodeId> only;      // when not empty: the channel may use these nodes alone
    LineSplit line_split = LineSplit::when_needed;

    // What rules, protection and policies ask about; the caller knows.
    Duration time_of_day{0};     // local, since midnight
    Money value = 0;             // of the order
    Duration promise{0};         // from now to the promised moment
    std::uint32_t reroutes = 0;  // times this order was planned again after a rejection

    // Leaving a line out, whole, at its cost (kNeverDeclined: not that one); one per line, empty = nothing is left out. Lines of
    // one SKU are left out together. Read by the policies that minimise cost.
    std::span<const Money> decline_cost;
    Money decline_order_cost = 0;  // once, if any is left out

    const SplitPolicy* split = nullptr;  // how an order that one node cannot serve is decided; null = it is split
    std::uint64_t budget = 0;            // of the optimiser, in cells looked at; 0 = LeastCost::kBudget
};

}  // namespace lastunit::core
