#include "sim/stock_counters.hpp"

#include <algorithm>

#include "core/assert.hpp"
#include "sim/core_system.hpp"

namespace lastunit::sim {

StockCounters::StockCounters(World& world) : world_(world) { reconfigure(); }

std::vector<NodeId> StockCounters::stock_of(ChannelId channel) const {
    const std::vector<NodeId>& allowed = world_.design.channels[channel.value].nodes;
    bool sends = false;
    bool hands_over = false;
    const auto& methods = world_.scenario.channels[channel.value].methods;
    for (std::uint8_t i = 0; i < model::kMethods; ++i) {
        if (methods[i] <= 0) continue;
        (core::by_parcel(static_cast<core::Method>(i)) ? sends : hands_over) = true;
    }
    std::vector<NodeId> stock;
    for (std::uint16_t i = 0; i < world_.services.size(); ++i) {
        const bool may = allowed.empty() || std::find(allowed.begin(), allowed.end(), NodeId(i)) != allowed.end();
        const NodeService& node = world_.services[i];
        if (may && ((sends && node.ships) || (hands_over && node.hands_over))) stock.emplace_back(i);
    }
    return stock;
}

// Sets stay: units given from one that nobody uses any more still have to be settled.
void StockCounters::reconfigure() {
    of_channel_.clear();
    for (std::uint8_t i = 0; i < world_.design.channels.size(); ++i) {
        const model::ReservationMode mode = world_.design.channels[i].reservation;
        if (mode != model::ReservationMode::atomic_decrement && mode != model::ReservationMode::read_modify_write) {
            of_channel_.push_back(kNoCounter);
            continue;
        }
        const std::vector<NodeId> stock = stock_of(ChannelId(i));
        const auto same = std::find(sets_.begin(), sets_.end(), stock);
        of_channel_.push_back(static_cast<std::uint16_t>(same - sets_.begin()));
        if (same == sets_.end()) sets_.push_back(stock);
    }
    LASTUNIT_ASSERT(sets_.size() < kQuota, "more sets of nodes than can be numbered");
}

Quantity StockCounters::on_record(std::uint16_t counter, Sku sku) const {
    const std::span<const core::Cell> cells = world_.core->ledger().cells_of(sku);
    Quantity units = 0;
    for (const NodeId node : sets_[counter]) units += std::max(0, cells[node.value].atp() - world_.core->kept(node, sku));
    return units;
}

Quantity StockCounters::value(std::uint16_t counter, Sku sku) const {
    const Count* count = counts_.find(key(counter, sku));
    return on_record(counter, sku) + (count == nullptr ? 0 : count->lost - count->given);
}

bool StockCounters::lower(std::uint16_t counter, Sku sku, Quantity units) {
    const Quantity before = value(counter, sku);
    if (before < units) return false;
    write(counter, sku, before - units, units);
    return true;
}

void StockCounters::write(std::uint16_t counter, Sku sku, Quantity value, Quantity units) {
    Count* count = counts_.find(key(counter, sku));
    if (count == nullptr) count = &counts_.insert(key(counter, sku), {});
    count->given += units;
    count->lost = value - (on_record(counter, sku) - count->given);
}

// An order that found no node was one too many: what ends with it is the lost update that let it through.
void StockCounters::settle(std::uint16_t counter, Sku sku, Quantity units, Settled how) {
    Count& count = *counts_.find(key(counter, sku));
    count.given -= units;
    if (how == Settled::ended && count.lost > 0) count.lost = std::max(0, count.lost - units);
    if (count.given == 0 && count.lost == 0) counts_.erase(key(counter, sku));
}

}  // namespace lastunit::sim
