// Which unit a plain schedule asks for: SKUs by Zipf's law, in their order; nodes by what they had.
#pragma once

#include <cstdint>
#include <vector>

#include "core/ledger.hpp"
#include "drivers/driver.hpp"

namespace lastunit::drivers {

class StockChoice {
   public:
    // The weight of the n-th SKU that has any stock is n^-exponent. 0: all alike. Throws DriverError when there is no stock.
    StockChoice(const InitialStock& stock, double exponent);
    // Both from (0, 1). One unit.
    core::Line pick(double of_sku, double of_node) const;

   private:
    struct AtNode {
        NodeId node;
        std::int64_t until;  // units of this SKU at nodes up to this one
    };
    std::vector<double> until_;  // sum of weights up to this SKU
    std::vector<Sku> skus_;
    std::vector<std::size_t> first_node_;  // [SKU], and one more
    std::vector<AtNode> nodes_;
};

}  // namespace lastunit::drivers
