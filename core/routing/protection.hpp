// Units that a node keeps for walk-in shoppers: orders do not see them. What a shopper carries out of the store is not held to
// it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/types.hpp"

namespace lastunit::core {

enum class Strength : std::uint8_t {
    hard,
    soft,  // dropped in the second pass, when nothing was found in the first
};
const char* name_of(Strength strength);

class Protection {
   public:
    static constexpr int kHours = 24;

    Protection() = default;
    // Nothing protected yet, of `nodes` x `classes` of SKUs.
    Protection(std::uint32_t nodes, std::uint32_t classes);

    // One rule: `units` of each SKU from hour `from` to before hour `to` of the local day (from == to: all day; from > to:
    // through midnight). No node, no class: every one. A later rule overwrites an earlier one where they meet.
    struct Rule {
        std::optional<NodeId> node{};
        std::optional<std::uint8_t> sku_class{};
        int from = 0;
        int to = 0;
        Quantity units = 0;
    };
    void keep(const Rule& rule);

    bool empty() const { return units_.empty(); }
    Quantity units(NodeId node, std::uint8_t sku_class, Duration time_of_day) const {
        return empty() ? 0 : units_[(hour_of(time_of_day) * classes_ + sku_class) * nodes_ + node.value];
    }

    Strength strength = Strength::hard;
    Money cost_per_unit = 0;  // weighed, per protected unit that the second pass takes

   private:
    static std::size_t hour_of(Duration time_of_day) { return static_cast<std::size_t>(time_of_day.us / hours(1).us) % kHours; }

    std::uint32_t nodes_ = 0, classes_ = 0;
    std::vector<Quantity> units_;  // [hour][class][node]
};

}  // namespace lastunit::core
