#include "drivers/load/stock_choice.hpp"

#include <algorithm>
#include <cmath>

namespace lastunit::drivers {

StockChoice::StockChoice(const InitialStock& stock, double exponent) {
    const std::size_t nodes = stock.shape.nodes.size();
    double weights = 0;
    for (std::size_t sku = 0; sku < stock.shape.skus.size(); ++sku) {
        std::int64_t units = 0;
        const std::size_t first = nodes_.size();
        for (std::size_t node = 0; node < nodes; ++node) {
            const Quantity there = stock.units[sku * nodes + node];
            if (there > 0) nodes_.push_back({NodeId(static_cast<std::uint16_t>(node)), units += there});
        }
        if (units == 0) continue;
        skus_.push_back(Sku(static_cast<std::uint32_t>(sku)));
        first_node_.push_back(first);
        weights += std::pow(static_cast<double>(skus_.size()), -exponent);
        until_.push_back(weights);
    }
    first_node_.push_back(nodes_.size());
    if (skus_.empty()) throw DriverError("there is no stock to ask for");
}

core::Line StockChoice::pick(double of_sku, double of_node) const {
    const auto found = std::lower_bound(until_.begin(), until_.end(), of_sku * until_.back());
    const auto sku = static_cast<std::size_t>(std::min(found, until_.end() - 1) - until_.begin());
    const auto first = nodes_.begin() + static_cast<std::ptrdiff_t>(first_node_[sku]);
    const auto last = nodes_.begin() + static_cast<std::ptrdiff_t>(first_node_[sku + 1]);
    const auto wanted = static_cast<std::int64_t>(of_node * static_cast<double>((last - 1)->until));
    const auto node =
        std::upper_bound(first, last - 1, wanted, [](std::int64_t units, const AtNode& at) { return units < at.until; });
    return {node->node, skus_[sku], 1};
}

}  // namespace lastunit::drivers
