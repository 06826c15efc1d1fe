// The open orders of a ledger, for audits.
#pragma once

#include <functional>

#include "core/ledger.hpp"

namespace lastunit::core {

struct OpenLine {
    OrderId order;
    NodeId node;
    Sku sku;
    Quantity quantity = 0;
    Quantity picked = 0;  // of it
};

// In no order that means anything.
void for_each_open_line(const Ledger& ledger, const std::function<void(const OpenLine&)>& visit);

}  // namespace lastunit::core
