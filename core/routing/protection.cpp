#include "core/routing/protection.hpp"

#include "core/assert.hpp"

namespace lastunit::core {

Protection::Protection(std::uint32_t nodes, std::uint32_t classes)
    : nodes_(nodes), classes_(classes), units_(std::size_t{kHours} * classes * nodes, 0) {}

void Protection::keep(const Rule& rule) {
    LASTUNIT_ASSERT(rule.from >= 0 && rule.from < kHours && rule.to >= 0 && rule.to <= kHours, "no such hours of a day");
    LASTUNIT_ASSERT(!rule.node || rule.node->value < nodes_, "no such node");
    LASTUNIT_ASSERT(!rule.sku_class || *rule.sku_class < classes_, "no such class of SKUs");
    for (int hour = 0; hour < kHours; ++hour) {
        const bool within = rule.from < rule.to ? hour >= rule.from && hour < rule.to : hour >= rule.from || hour < rule.to;
        if (rule.from != rule.to && !within) continue;
        for (std::uint32_t c = 0; c < classes_; ++c)
            for (std::uint32_t n = 0; n < nodes_; ++n)
                if ((!rule.sku_class || *rule.sku_class == c) && (!rule.node || rule.node->value == n))
                    units_[(static_cast<std::size_t>(hour) * classes_ + c) * nodes_ + n] = rule.units;
    }
}

}  // namespace lastunit::core
