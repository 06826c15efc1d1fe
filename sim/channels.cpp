#include "sim/channels.hpp"

#include <algorithm>

#include "sim/core_system.hpp"
#include "sim/edges.hpp"
#include "sim/faults.hpp"
#include "sim/orders.hpp"
#include "sim/pools.hpp"
#include "sim/recorder.hpp"

namespace lastunit::sim {

using model::DecidesOn;
using Netting = model::Bookkeeping::Netting;

Quantity Channels::shown(ChannelId channel, Sku sku, core::Method method, const NodeId& store) {
    const model::ChannelDesign& own = design(channel);
    if (own.decides_on == DecidesOn::shelf || method == core::Method::carry_out) return world_.truth.cell(store, sku).shelf;
    const std::span<const NodeId> nodes = own.shows.empty() ? world_.orders->promise_nodes(channel, method, store) : own.shows;
    const Quantity least = world_.design.bookkeeping.netting == Netting::over_nodes ? INT32_MIN : 0;  // that a node counts for
    const auto hidden = [&](NodeId node) { return own.node_buffer + world_.core->kept(node, sku); };
    Quantity sum = 0;
    const Copy copy = decides_on(channel, sku);
    if (copy == Copy::record) {
        for (const NodeId node : nodes) sum += std::max(least, world_.core->tells(node, sku) - hidden(node));
    } else {
        const Quantity* known = copy == Copy::view ? world_.edges->read(channel, sku) : peek(copy, channel, sku);
        for (const NodeId node : nodes) sum += std::max(least, known[node.value] - hidden(node));
    }
    if (own.reservation == model::ReservationMode::escrow) {
        // A quota is not of any node: the store alone says whether it has the units.
        const Quantity quota = world_.pools->quota(channel, sku);
        sum = core::by_parcel(method) ? quota : std::min(sum, quota);
    }
    return std::max(0, sum - own.buffer);
}

Copy Channels::decides_on(ChannelId channel, Sku sku) const {
    if (design(channel).decides_on == DecidesOn::view) return Copy::view;
    const bool cut_off = design(channel).decides_on == DecidesOn::core && !world_.faults->reaches_core(channel);
    return cut_off && world_.edges->remembered(channel, sku) != nullptr ? Copy::remembered : Copy::record;
}

const Quantity* Channels::peek(Copy copy, ChannelId channel, Sku sku) const {
    switch (copy) {
        case Copy::view:
            return world_.edges->peek(channel, sku);
        case Copy::remembered:
            return world_.edges->remembered(channel, sku);
        case Copy::record:
            break;
    }
    return nullptr;
}

void Channels::note_age(ChannelId channel, Sku sku, core::Method method, const NodeId& store) {
    if (design(channel).decides_on != DecidesOn::view || method == core::Method::carry_out) return;
    const std::span<const NodeId> nodes = world_.orders->promise_nodes(channel, method, store);
    if (!nodes.empty()) world_.recorder->of(channel).view_age.add(world_.edges->age(channel, nodes.front(), sku));
}

Quantity Channels::truth(ChannelId channel, Sku sku, core::Method method, const NodeId& store) const {
    return world_.truth.atp(sku, world_.orders->promise_nodes(channel, method, store));
}

// The channel does not know which node will send it: it lowers the one in which it believes most.
NodeId Channels::deduct_own_sale(ChannelId channel, const core::OrderLine& line, core::Method method, const NodeId& store) {
    if (!world_.edges->deducts(channel)) return kNowhere;
    const std::span<const NodeId> nodes = world_.orders->promise_nodes(channel, method, store);
    if (nodes.empty()) return kNowhere;
    const Quantity* view = world_.edges->read(channel, line.sku);
    NodeId most = nodes.front();
    for (const NodeId node : nodes)
        if (view[node.value] > view[most.value]) most = node;
    world_.edges->deduct(channel, most, line.sku, line.quantity);
    return most;
}

}  // namespace lastunit::sim
