#include "sim/importance.hpp"

#include <algorithm>

#include "sim/channels.hpp"
#include "sim/core_system.hpp"
#include "sim/edges.hpp"

namespace lastunit::sim {

namespace {

// What was oversold weighs more than any stock.
constexpr std::int64_t kOversoldWeight = std::int64_t{1} << 32U;
constexpr std::int64_t kMostStock = (std::int64_t{1} << 31U) - 1;
constexpr std::int64_t kMostCounted = std::int64_t{1} << 30U;

}  // namespace

Importance::Importance(World& world, LevelWatch& watch)
    : world_(world), watch_(watch), measuring_(world.scenario.run.warm_up.us == 0) {}

void Importance::start() {
    const std::size_t channels = world_.design.channels.size();
    for (std::uint8_t i = 0; i < channels; ++i)
        if (!watch_.event.channel || watch_.event.channel->value == i) watch_channel(ChannelId(i));
    there_at_.assign(world_.cells(), 0);
    for (std::uint32_t cell = 0; cell < world_.cells(); ++cell) changed_.push_back(cell);
    world_.truth.note_changes(&changed_);
    world_.edges->note_changes(&changed_);
    look();
}

void Importance::watch_channel(ChannelId id) {
    const model::ChannelDesign& design = world_.design.channels[id.value];
    if (design.decides_on == model::DecidesOn::shelf) return;
    const std::size_t nodes = world_.scenario.network.nodes.size(), skus = world_.scenario.catalogue.skus.size();
    Channel& channel = channels_.emplace_back();
    channel.id = id;
    channel.buffer = design.buffer;
    channel.node_buffer = design.node_buffer;
    channel.sells_from.assign(nodes, design.nodes.empty() ? 1 : 0);
    for (const NodeId node : design.nodes) channel.sells_from[node.value] = 1;
    channel.shown_at.assign(world_.cells(), 0);
    channel.shown.assign(skus, 0);
    channel.there.assign(skus, 0);
}

void Importance::measured_from_here() {
    measuring_ = true;
    counted_ = 0;
}

void Importance::look() {
    for (const std::uint32_t cell : changed_) take(cell);
    const auto nodes = static_cast<std::uint32_t>(world_.scenario.network.nodes.size());
    for (const std::uint32_t cell : changed_)
        for (const Channel& channel : channels_) judge(channel, Sku(cell / nodes));
    changed_.clear();
    watch_.highest = std::max(watch_.highest, std::min(counted_, kMostCounted) * kOversoldWeight - kMostStock);
    watch_.happened = watch_.happened || counted_ >= watch_.event.at_least;
}

void Importance::take(std::uint32_t cell) {
    const auto nodes = static_cast<std::uint32_t>(world_.scenario.network.nodes.size());
    const NodeId node(static_cast<std::uint16_t>(cell % nodes));
    const Sku sku(cell / nodes);
    const Quantity there = world_.truth.cell(node, sku).atp();
    const Quantity change = there - there_at_[cell];
    there_at_[cell] = there;
    for (Channel& channel : channels_) {
        if (channel.sells_from[node.value] == 0) continue;
        const Quantity shown = shown_at(channel, node, sku);
        channel.there[sku.value] += change;
        channel.shown[sku.value] += shown - channel.shown_at[cell];
        channel.shown_at[cell] = shown;
    }
}

Quantity Importance::shown_at(const Channel& channel, NodeId node, Sku sku) const {
    const Quantity* known = world_.channels->peek(world_.channels->decides_on(channel.id, sku), channel.id, sku);
    const Quantity units = known != nullptr ? known[node.value] : world_.core->tells(node, sku);
    return std::max(0, units - channel.node_buffer);
}

void Importance::judge(const Channel& channel, Sku sku) {
    if (watch_.event.sku && *watch_.event.sku != sku) return;
    const std::int64_t shown = channel.shown[sku.value];
    if (shown <= channel.buffer) return;
    const std::int64_t near = std::clamp(shown - 2 * channel.there[sku.value], 1 - kMostStock, kMostStock);
    watch_.highest = std::max(watch_.highest, std::min(counted_, kMostCounted) * kOversoldWeight + near);
}

void Importance::oversold(ChannelId channel, Sku sku, Quantity units) {
    const RareEvent& event = watch_.event;
    if (!measuring_ || event.what == Oversold::orders) return;
    if ((event.channel && *event.channel != channel) || (event.sku && *event.sku != sku)) return;
    counted_ += event.what == Oversold::units ? units : units * world_.scenario.catalogue.skus[sku.value].price;
}

void Importance::oversold_order(ChannelId channel) {
    const RareEvent& event = watch_.event;
    if (measuring_ && event.what == Oversold::orders && (!event.channel || *event.channel == channel)) ++counted_;
}

}  // namespace lastunit::sim
