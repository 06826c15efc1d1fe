// Where units physically are: known to the simulator alone, beside every record.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "core/types.hpp"

namespace lastunit::sim {

struct TruthCell {
    Quantity shelf = 0;          // physically there, for anybody's hand
    Quantity committed = 0;      // of the units that accepted orders wait for, those that stand behind them here
    Quantity in_fulfilment = 0;  // picked, not yet gone
    Quantity in_hand = 0;        // carried about by store shoppers who have not paid

    Quantity here() const { return shelf + in_fulfilment + in_hand; }

    // Uncommitted physical units. More may be committed than the shelf holds once a store shopper took a promised unit.
    Quantity atp() const { return shelf > committed ? shelf - committed : 0; }
};

class Truth {
   public:
    Truth(std::uint32_t nodes, std::uint32_t skus) : nodes_(nodes), cells_(std::size_t{nodes} * skus), shelves_(nodes) {}

    TruthCell& cell(NodeId node, Sku sku) { return cells_[std::size_t{sku.value} * nodes_ + node.value]; }
    const TruthCell& cell(NodeId node, Sku sku) const { return cells_[std::size_t{sku.value} * nodes_ + node.value]; }

    // A promise's eligible uncommitted units.
    Quantity atp(Sku sku, std::span<const NodeId> nodes) const {
        const TruthCell* of_sku = &cells_[std::size_t{sku.value} * nodes_];
        Quantity sum = 0;
        for (const NodeId node : nodes) sum += of_sku[node.value].atp();
        return sum;
    }

    // Units of the cell's shelf are promised to somebody, or (below 0) no longer.
    void commit(NodeId node, Sku sku, Quantity units) {
        cell(node, sku).committed += units;
        note(node, sku);
    }
    void put_on_shelf(NodeId node, Sku sku, Quantity units) {
        cell(node, sku).shelf += units;
        on_shelves_ += units;
        shelves_[node.value] += units;
        note(node, sku);
        if (!prices_.empty()) value_[node.value] += prices_[sku.value] * units;
    }
    void take_from_shelf(NodeId node, Sku sku, Quantity units) {
        cell(node, sku).shelf -= units;
        on_shelves_ -= units;
        shelves_[node.value] -= units;
        note(node, sku);
        if (!prices_.empty()) value_[node.value] -= prices_[sku.value] * units;
    }
    std::span<const TruthCell> cells() const { return cells_; }
    std::int64_t on_shelves() const { return on_shelves_; }
    std::int64_t on_shelves(NodeId node) const { return shelves_[node.value]; }

    // From now on the value of what is on each node's shelves is known. Nothing is there yet.
    void value_at(std::vector<Money> price_of_sku) {
        prices_ = std::move(price_of_sku);
        value_.assign(nodes_, 0);
    }
    // From now on the index of every cell whose ATP may have changed is put there; null: nobody listens. Not owned.
    void note_changes(std::vector<std::uint32_t>* changed) { changed_ = changed; }

    Money value_on_shelves(NodeId node) const { return value_[node.value]; }

   private:
    void note(NodeId node, Sku sku) {
        if (changed_ != nullptr) changed_->push_back(sku.value * nodes_ + node.value);
    }

    std::uint32_t nodes_;
    std::vector<std::uint32_t>* changed_ = nullptr;
    std::vector<TruthCell> cells_;  // SKU-major: a scan over the network is one stride
    std::int64_t on_shelves_ = 0;
    std::vector<std::int64_t> shelves_;  // [node]
    std::vector<Money> prices_;          // [sku]; empty: nobody asks what it is worth
    std::vector<Money> value_;           // [node]
};

}  // namespace lastunit::sim
