// What routing answers.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "core/routing/split_policy.hpp"
#include "core/types.hpp"

namespace lastunit::core {

struct PlanLine {
    std::uint32_t line = 0;  // index into the request
    NodeId node;
    Quantity quantity = 0;
};

enum class PlanOutcome : std::uint8_t {
    planned,
    out_of_stock,
    split_limit,
    no_node,
    no_strategy,    // none of the rules' strategies is for such an order
    reroute_limit,  // planned again more often than the split policy allows
    declined,       // it could be served, but serving it costs more than it is worth
};
const char* name_of(PlanOutcome outcome);

// First with all rules; where that finds nothing, without the soft ones.
enum class Pass : std::uint8_t { first, second };
const char* name_of(Pass pass);

// What a plan is weighed by.
struct CostTerms {
    Money fixed = 0;       // per parcel
    Money distance = 0;    // per parcel: by kilometre, or the price of its zone
    Money units = 0;       // handling and sending, by mass too
    Money transfer = 0;    // between nodes, where a parcel waits for one
    Money price = 0;       // what the units would have been worth later
    Money protection = 0;  // units kept for walk-in shoppers and taken all the same
    Money promise = 0;     // goodwill lost by waiting or by further parcels
    Money declined = 0;    // lines left out

    Money paid() const { return fixed + distance + units + transfer; }
    Money total() const { return paid() + price + protection + promise + declined; }
};

inline constexpr Money kNoBound = std::numeric_limits<Money>::min();
inline constexpr std::uint32_t kNoStrategy = std::numeric_limits<std::uint32_t>::max();

struct Plan {
    PlanOutcome outcome = PlanOutcome::out_of_stock;
    std::vector<PlanLine>
        lines;  // where units are taken: covers the request, but for `declined`, exactly when planned; else empty
    std::vector<std::uint32_t> declined;  // lines left out
    std::uint32_t nodes = 0;              // parcels
    Money cost = 0;                       // paid: terms.paid()
    CostTerms terms;
    // Proven: no plan under the same rules weighs less than this, before a split policy; terms.total() where the optimiser
    // finished, kNoBound where the policy proves nothing.
    Money lower_bound = kNoBound;
    std::uint32_t strategy = kNoStrategy;  // of the rules
    Pass pass = Pass::first;
    SplitChoice choice = SplitChoice::ship_now;
    NodeId gathered_at;  // wait_for_transfer: the node that the other nodes' units go to, and the parcel leaves
};

}  // namespace lastunit::core
