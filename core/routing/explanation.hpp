// Why each node is, or is not, in a plan.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/types.hpp"

namespace lastunit::core {

enum class Rejection : std::uint8_t {
    none,
    not_allowed,
    excluded,
    not_shipping,
    no_handover,
    closed,
    no_capacity,
    no_stock,
    costlier,
    split_limit
};
const char* name_of(Rejection reason);

// One row per node of the network, filled only when asked for: why it is not in the plan (or `none` if it is).
struct Explanation {
    struct Row {
        NodeId node;
        Rejection reason = Rejection::none;
        std::uint32_t km = 0;
        Quantity available = 0;  // units of the request it could give
        Money cost = 0;          // of serving all it could give
    };
    std::vector<Row> rows;
    std::string text() const;
};

}  // namespace lastunit::core
