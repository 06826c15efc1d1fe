// What an order costs, term by term: the terms of a run add up to its total cost.
#pragma once

#include <cstdint>

namespace lastunit::model {

enum class CostTerm : std::uint8_t {
    pick,          // per line picked
    pack,          // per parcel packed
    handling,      // per unit, at the rate of its node
    ship,          // price of an order's first parcel
    split,         // price of its further parcels: what sending it from several nodes costs beside that
    transfer,      // moving units between nodes
    cancellation,  // care, apology, marketplace penalty
    commission,    // the channel's share of what was sold and not cancelled
    returns,       // taking a line back
    markdown,      // value that goods lost: returned damaged, unsold for too long
    labour,        // hours of those who pick, pack and dispatch, worked or idle
    overtime,      // hours beyond their shifts
    holding,       // capital bound in stock
};
inline constexpr unsigned kCostTerms = 13;
const char* name_of(CostTerm term);

}  // namespace lastunit::model
