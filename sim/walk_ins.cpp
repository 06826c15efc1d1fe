#include "sim/walk_ins.hpp"

#include <algorithm>

namespace lastunit::sim {

WalkIns::WalkIns(World& world)
    : world_(world),
      walk_in_(world.scenario.network.nodes.size(), 0),
      picked_(world.scenario.network.nodes.size()),
      lost_(world.scenario.network.nodes.size()) {
    const auto& channels = world.scenario.channels;
    const bool any = std::any_of(channels.begin(), channels.end(),
                                 [](const model::Channel& channel) { return channel.kind == model::ChannelKind::pos; });
    for (std::size_t i = 0; i < walk_in_.size(); ++i)
        walk_in_[i] = any && world.scenario.network.nodes[i].kind == model::NodeKind::store ? 1 : 0;
}

void WalkIns::picked_for_order(NodeId node, Sku sku, Quantity units) {
    if (walk_in_[node.value] == 0) return;
    std::vector<Quantity>& picked = picked_[node.value];
    if (picked.empty()) picked.resize(world_.scenario.catalogue.skus.size());
    picked[sku.value] += units;
}

void WalkIns::put_back(NodeId node, Sku sku, Quantity units) {
    if (picked_[node.value].empty()) return;
    Quantity& picked = picked_[node.value][sku.value];
    picked = std::max(0, picked - units);
}

bool WalkIns::lost_to_orders(NodeId store, Sku sku, Quantity units, Quantity besides) {
    if (picked_[store.value].empty()) return false;
    const Quantity missing = units + besides - world_.truth.cell(store, sku).shelf;
    Quantity& picked = picked_[store.value][sku.value];
    if (missing <= 0 || picked < missing) return false;
    picked -= missing;
    lost_[store.value] += static_cast<std::uint64_t>(units);
    return true;
}

}  // namespace lastunit::sim
