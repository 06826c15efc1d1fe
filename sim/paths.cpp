#include "sim/paths.hpp"

#include <algorithm>

namespace lastunit::sim {

Paths::Paths(const World& world) : world_(world), paths_(1), longer_(world.scenario.channels.size()) {}

Paths::Path Paths::begin(ChannelId channel) {
    const Path path = next(0, channel);
    ++paths_[path].shoppers;
    return path;
}

Paths::Path Paths::go_on(Path path, ChannelId to) {
    if (path == 0 || paths_[path].length == kLongest || paths_[path].channel == to) return path;
    const Path longer = next(path, to);
    --paths_[path].shoppers;
    ++paths_[longer].shoppers;
    return longer;
}

Paths::Path Paths::next(Path path, ChannelId channel) {
    const std::size_t channels = world_.scenario.channels.size();
    const std::size_t at = path * channels + channel.value;
    if (longer_[at] != 0 || paths_.size() == kKept) return longer_[at];
    const auto fresh = static_cast<Path>(paths_.size());
    paths_.push_back({0, 0, path, channel, static_cast<std::uint8_t>(paths_[path].length + 1)});
    longer_.resize(paths_.size() * channels);
    longer_[at] = fresh;
    return fresh;
}

std::vector<ChannelId> Paths::channels_of(Path path) const {
    std::vector<ChannelId> channels;
    for (; path != 0; path = paths_[path].before) channels.push_back(paths_[path].channel);
    std::reverse(channels.begin(), channels.end());
    return channels;
}

// Where as many go, by the channels' order in the scenario.
void Paths::fill(model::RunRecord& record) const {
    struct Gone {
        Path path;
        std::vector<ChannelId> channels;
    };
    std::vector<Gone> gone;
    for (std::size_t i = 1; i < paths_.size(); ++i)
        if (paths_[i].shoppers > 0) gone.push_back({static_cast<Path>(i), channels_of(static_cast<Path>(i))});
    std::sort(gone.begin(), gone.end(), [&](const Gone& a, const Gone& b) {
        const std::uint64_t of_a = paths_[a.path].shoppers, of_b = paths_[b.path].shoppers;
        return of_a != of_b ? of_a > of_b : a.channels < b.channels;
    });
    std::uint64_t shoppers = paths_[0].shoppers, buyers = paths_[0].buyers;
    for (std::size_t i = 0; i < gone.size(); ++i) {
        const Node& path = paths_[gone[i].path];
        if (i >= kReported) {
            shoppers += path.shoppers, buyers += path.buyers;
            continue;
        }
        model::JourneyPath& out = *record.add_paths();
        for (const ChannelId channel : gone[i].channels) out.add_channels(world_.scenario.channels[channel.value].name);
        out.set_shoppers(path.shoppers);
        out.set_buyers(path.buyers);
    }
    if (shoppers == 0) return;
    record.mutable_other_paths()->set_shoppers(shoppers);
    record.mutable_other_paths()->set_buyers(buyers);
}

}  // namespace lastunit::sim
