// What routing answers.
#pragma once

#include <cstdint>
#include <vector>

#include "core/types.hpp"

namespace lastunit::core {

struct PlanLine {
    std::uint32_t line = 0;  // index into the request
    NodeId node;
    Quantity quantity = 0;
};

enum class PlanOutcome : std::uint8_t { planned, out_of_stock, split_limit, no_node };
const char* name_of(PlanOutcome outcome);

struct Plan {
    PlanOutcome outcome = PlanOutcome::out_of_stock;
    std::vector<PlanLine> lines;  // covers the request exactly when planned, empty otherwise
    std::uint32_t nodes = 0;      // parcels
    Money cost = 0;
};

}  // namespace lastunit::core
