// The ways of shoppers through the channels: the one of their arrival, and each to which they switch. Every way is kept once,
// however many go it, and a shopper carries its number.
#pragma once

#include <cstdint>
#include <vector>

#include "core/types.hpp"
#include "model/run_record.pb.h"
#include "sim/world.hpp"

namespace lastunit::sim {

class Paths {
   public:
    using Path = std::uint16_t;

    explicit Paths(const World& world);

    // A shopper comes; goes on to another channel; has an order. The first two answer which path the shopper is on now.
    Path begin(ChannelId channel);
    Path go_on(Path path, ChannelId to);
    void bought(Path path) { ++paths_[path].buyers; }

    void fill(model::RunRecord& record) const;

   private:
    static constexpr std::uint8_t kLongest = 6;  // channels of a path; who goes further stays on it
    static constexpr std::size_t kKept = 4096;   // beyond it, new paths are kept together (path 0)
    static constexpr std::size_t kReported = 60;

    struct Node {
        std::uint64_t shoppers = 0, buyers = 0;
        Path before = 0;
        ChannelId channel;
        std::uint8_t length = 0;
    };
    Path next(Path path, ChannelId channel);
    std::vector<ChannelId> channels_of(Path path) const;

    const World& world_;
    std::vector<Node> paths_;   // a tree; 0 is its root, and those that found no room
    std::vector<Path> longer_;  // [path][channel]; 0: not gone yet
};

}  // namespace lastunit::sim
