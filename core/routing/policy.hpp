// How routing chooses: the name that a design gives.
#pragma once

#include <cstdint>

namespace lastunit::core {

enum class RoutingPolicy : std::uint8_t {
    nearest,   // each line from the nearest node that has it whole; splits as it comes; beyond the split limit, as fewest_splits
    cheapest,  // least sum of shipment fixed cost + distance and unit cost, exact over small sets, greedy beyond
    fewest_splits,  // fewest nodes; among those, the cheapest
};
const char* name_of(RoutingPolicy policy);

}  // namespace lastunit::core
