#include "sim/pools.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core_system.hpp"
#include "sim/orders.hpp"

namespace lastunit::sim {

using model::Purpose;

Pools::Pools(World& world) : world_(world), channels_(world.scenario.channels.size()) {
    for (std::uint8_t i = 0; i < channels_; ++i)
        if (world.design.channels[i].reservation == model::ReservationMode::escrow) escrow_.emplace_back(i);
    if (!escrow_.empty()) cells_.resize(channels_ * world.scenario.catalogue.skus.size());
    reconfigure();
}

void Pools::reconfigure() {
    groups_.clear();
    for (std::uint16_t i = 0; i < world_.services.size(); ++i) {
        const NodeService& node = world_.services[i];
        std::vector<ChannelId> channels;
        for (const ChannelId channel : escrow_) {
            const std::vector<NodeId>& only = world_.design.channels[channel.value].nodes;
            const bool may = only.empty() || std::find(only.begin(), only.end(), NodeId(i)) != only.end();
            if (may && (node.ships || node.hands_over)) channels.push_back(channel);
        }
        if (channels.empty()) continue;
        auto group = std::find_if(groups_.begin(), groups_.end(), [&](const Group& one) { return one.channels == channels; });
        if (group == groups_.end()) group = groups_.insert(groups_.end(), {{}, channels});
        group->nodes.emplace_back(i);
    }
}

void Pools::start() {
    if (escrow_.empty()) return;
    deal_all();
    const model::Pools& pools = world_.design.pools;
    if (pools.rebalance_every.us == 0) return;
    Duration first = pools.rebalance_phase;
    if (pools.random_phase)
        first.us =
            static_cast<std::int64_t>(world_.uniform(Purpose::pools, UINT64_MAX) * static_cast<double>(pools.rebalance_every.us));
    if (first.us == 0) first = pools.rebalance_every;
    world_.after(first, EventKind::rebalance, kNone);
}

void Pools::turn(std::uint32_t what) {
    if (what == kNone) {
        deal_all();
        world_.after(world_.design.pools.rebalance_every, EventKind::rebalance, kNone);
        return;
    }
    refilling_.erase(what);
    deal(Sku(static_cast<std::uint32_t>(what / channels_)));
}

void Pools::deal_all() {
    const auto skus = static_cast<std::uint32_t>(world_.scenario.catalogue.skus.size());
    for (std::uint32_t sku = 0; sku < skus; ++sku) deal(Sku(sku));
}

Quantity Pools::left(const Group& group, Sku sku) const {
    const std::span<const core::Cell> cells = world_.core->ledger().cells_of(sku);
    Quantity units = 0;
    for (const NodeId node : group.nodes) units += std::max(0, cells[node.value].atp() - world_.core->kept(node, sku));
    for (const ChannelId channel : group.channels) units -= cells_[cell(channel, sku)].sold;
    return std::max(0, units);
}

void Pools::deal(Sku sku) {
    for (const ChannelId channel : escrow_) cells_[cell(channel, sku)].quota = 0;
    const double offset = world_.uniform(Purpose::pools, sku.value, deals_++);
    for (const Group& group : groups_) {
        const Quantity units = left(group, sku);
        if (units == 0) continue;
        double shares = 0;
        for (const ChannelId channel : group.channels) shares += world_.design.pools.shares[channel.value];
        if (shares <= 0) continue;
        double sum = 0;
        auto dealt = Quantity{0};
        for (const ChannelId channel : group.channels) {
            sum += world_.design.pools.shares[channel.value];
            // The last one's bound is exact: floor(units + offset) = units.
            const Quantity bound = channel == group.channels.back()
                                       ? units
                                       : static_cast<Quantity>(std::floor(sum / shares * static_cast<double>(units) + offset));
            cells_[cell(channel, sku)].quota += bound - dealt;
            dealt = bound;
        }
    }
}

bool Pools::sell(ChannelId channel, Sku sku, Quantity units) {
    Cell& own = cells_[cell(channel, sku)];
    if (own.quota < units) return false;
    own.quota -= units;
    own.sold += units;
    const model::Pools& pools = world_.design.pools;
    const auto index = static_cast<std::uint32_t>(cell(channel, sku));
    if (own.quota >= static_cast<Quantity>(pools.refill_below) || refilling_.find(index) != nullptr) return true;
    refilling_.insert(index, 1);
    world_.after(world_.draw(pools.refill_time, Purpose::pools, (std::uint64_t{1} << 40U) | index, deals_), EventKind::rebalance,
                 index);
    return true;
}

void Pools::settle(ChannelId channel, Sku sku, Quantity units, Settled how) {
    Cell& own = cells_[cell(channel, sku)];
    own.sold -= units;
    if (how == Settled::returned) own.quota += units;
}

Quantity Pools::undealt(ChannelId channel, Sku sku) const {
    Quantity units = 0;
    for (const Group& group : groups_)
        if (std::find(group.channels.begin(), group.channels.end(), channel) != group.channels.end()) units += left(group, sku);
    return units;
}

}  // namespace lastunit::sim
