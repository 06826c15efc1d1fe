// Who orders what, when, and from where: by rule, on the record alone (model/supply.hpp).
//
//   position = on hand - allocated + on order, where on order is what the ledger expects (the supplier's, and what is on a truck)
//   and what the source has been asked for and has not loaded.
//
// base_stock and min_max look after every change of a cell's record, at the end of that instant; periodic at its reviews.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/world.hpp"

namespace lastunit::sim {

class Replenishment {
   public:
    explicit Replenishment(World& world) : world_(world) {}
    void start();  // the initial stock is on record

    // Some (node, SKU) is ordered as soon as its record says so: `record_changed` wants to know.
    bool watches() const { return watches_; }
    void record_changed(NodeId node, Sku sku);
    void loaded(NodeId node, Sku sku, Quantity units);  // of what its source was asked for
    bool replenishes(NodeId node, Sku sku) const;

    void review(std::uint32_t rule);  // the kernel's call; kNone: of the cells whose record has changed

   private:
    static constexpr std::uint16_t kNoRule = UINT16_MAX;
    struct Target {
        Quantity up_to = 0;
        Quantity orders_below = 0;  // the position that is too low
        Quantity asked = 0;         // of the source, not yet loaded
        std::uint16_t rule = kNoRule;
    };

    void set_targets(std::uint16_t rule);
    void look(NodeId node, Sku sku);
    template <class Look> void for_each_cell(const model::ReplenishmentRule& rule, Look look) const;

    World& world_;
    std::vector<Target> targets_;  // SKU-major; empty where the scenario has no rule
    struct Cell {
        NodeId node;
        Sku sku;
    };
    std::vector<Cell> changed_;
    bool watches_ = false;
};

}  // namespace lastunit::sim
