// What the channels believe: one copy of the availability per channel, as old as the last message that reached it.
#pragma once

#include <cstdint>
#include <vector>

#include "core/types.hpp"

namespace lastunit::sim {

class View {
   public:
    View() = default;
    View(std::uint32_t nodes, std::uint32_t skus) : nodes_(nodes), units_(std::size_t{nodes} * skus) {}

    bool exists() const { return !units_.empty(); }
    // May be negative: a channel that lowers its own copy and then hears of others' sales believes in fewer than none.
    Quantity units(NodeId node, Sku sku) const { return units_[index(node, sku)]; }
    const Quantity* of_sku(Sku sku) const { return &units_[std::size_t{sku.value} * nodes_]; }

    void overwrite(NodeId node, Sku sku, Quantity units) {
        units_[index(node, sku)] = units;
        note(node, sku);
    }
    void add(NodeId node, Sku sku, Quantity change) {
        units_[index(node, sku)] += change;
        note(node, sku);
    }
    // From now on the index of every cell that is written is put there; null: nobody listens. Not owned.
    void note_changes(std::vector<std::uint32_t>* changed) { changed_ = changed; }

   private:
    std::size_t index(NodeId node, Sku sku) const { return std::size_t{sku.value} * nodes_ + node.value; }

    void note(NodeId node, Sku sku) {
        if (changed_ != nullptr) changed_->push_back(static_cast<std::uint32_t>(index(node, sku)));
    }

    std::uint32_t nodes_ = 0;
    std::vector<std::uint32_t>* changed_ = nullptr;
    std::vector<Quantity> units_;  // SKU-major
};

}  // namespace lastunit::sim
