#include "sim/importance.hpp"

#include <algorithm>
#include <cmath>

#include "sim/channels.hpp"
#include "sim/core_system.hpp"
#include "sim/edges.hpp"

namespace lastunit::sim {

namespace {

// A unit that is sold unseen is one more that is unseen and one less that is there; one that is oversold counts as much.
constexpr double kNotOverdue = 1e6;  // units: a channel that knows enough is farther from an oversell than any that does not
constexpr double kPerUnit = 2.0 * static_cast<double>(kImportancePerUnit);

// Of one unit, order or minor unit of money that is oversold.
double importance_of_one(const model::Scenario& scenario, Oversold what) {
    if (what != Oversold::value) return kPerUnit;
    double sum = 0;
    for (const model::SkuInfo& sku : scenario.catalogue.skus) sum += static_cast<double>(sku.price);
    return sum > 0 ? kPerUnit * static_cast<double>(scenario.catalogue.skus.size()) / sum : kPerUnit;
}

}  // namespace

Importance::Importance(World& world, LevelWatch& watch)
    : world_(world),
      watch_(watch),
      per_counted_(importance_of_one(world.scenario, watch.event.what)),
      measuring_(world.scenario.run.warm_up.us == 0) {}

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
    channel.overdue_since.assign(skus, kNever);
}

void Importance::measured_from_here() {
    measuring_ = true;
    counted_ = 0;
}

void Importance::look() {
    for (const std::uint32_t cell : changed_) take(cell);
    const auto nodes = static_cast<std::uint32_t>(world_.scenario.network.nodes.size());
    for (const std::uint32_t cell : changed_)
        for (Channel& channel : channels_) judge(channel, Sku(cell / nodes));
    changed_.clear();
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
        if (change < 0 && channel.overdue_since[sku.value] != kNever) watch_.overdue.sold -= change;
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

void Importance::judge(Channel& channel, Sku sku) {
    if (watch_.event.sku && *watch_.event.sku != sku) return;
    const std::int64_t shown = channel.shown[sku.value], there = channel.there[sku.value];
    SimTime& overdue = channel.overdue_since[sku.value];
    if (shown <= channel.buffer || there > channel.buffer) {
        if (overdue != kNever) end_overdue(channel, sku);
    } else if (overdue == kNever) {
        begin_overdue(channel, sku);
    }
    if (shown <= channel.buffer) return;
    const double toll = overdue == kNever ? 0 : watch_.toll_per_s * (world_.now - overdue).seconds();
    const double far = overdue == kNever ? kNotOverdue : 0;
    const double near = (static_cast<double>(shown - 2 * there) - toll - far) * static_cast<double>(kImportancePerUnit);
    watch_.highest = std::max(watch_.highest, std::int64_t{std::llround(static_cast<double>(counted_) * per_counted_ + near)});
}

void Importance::begin_overdue(Channel& channel, Sku sku) {
    channel.overdue_since[sku.value] = world_.now;
    ++watch_.overdue.times;
    watch_.overdue.stock += channel.there[sku.value];
}

void Importance::end_overdue(Channel& channel, Sku sku) {
    watch_.overdue.seconds += (world_.now - channel.overdue_since[sku.value]).seconds();
    channel.overdue_since[sku.value] = kNever;
}

void Importance::finish() {
    for (Channel& channel : channels_)
        for (std::uint32_t sku = 0; sku < channel.overdue_since.size(); ++sku)
            if (channel.overdue_since[sku] != kNever) end_overdue(channel, Sku(sku));
}

void Importance::oversold(ChannelId channel, Sku sku, Quantity units) {
    const RareEvent& event = watch_.event;
    if (!measuring_ || event.what == Oversold::orders) return;
    if ((event.channel && *event.channel != channel) || (event.sku && *event.sku != sku)) return;
    changed_.push_back(static_cast<std::uint32_t>(sku.value * world_.scenario.network.nodes.size()));
    for (const Channel& of : channels_)
        if (of.id == channel && of.overdue_since[sku.value] != kNever) watch_.overdue.sold += units;
    counted_ += event.what == Oversold::units ? units : units * world_.scenario.catalogue.skus[sku.value].price;
}

void Importance::oversold_order(ChannelId channel) {
    const RareEvent& event = watch_.event;
    if (measuring_ && event.what == Oversold::orders && (!event.channel || *event.channel == channel)) ++counted_;
}

}  // namespace lastunit::sim
