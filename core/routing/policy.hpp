// How routing chooses: the name that a design gives.
#pragma once

#include <cstdint>

namespace lastunit::core {

enum class RoutingPolicy : std::uint8_t {
    nearest,   // each line from the nearest node that has it whole; splits as it comes; beyond the split limit, as fewest_splits
    cheapest,  // least sum of parcel, distance and unit costs, prices and declined lines: exact (least_cost.hpp)
    fewest_splits,  // fewest nodes; among those, the cheapest
    rules,          // the retailer's strategies (rules.hpp)
};
const char* name_of(RoutingPolicy policy);

}  // namespace lastunit::core
