// What is picked, packed and sent (or handed over) together: the pieces of one order at one node.
#pragma once

#include <cstdint>
#include <vector>

#include "core/routing/request.hpp"
#include "core/types.hpp"
#include "sim/backing.hpp"

namespace lastunit::sim {

inline constexpr std::uint8_t kNoCarrier = 255;

struct Parcel {
    std::uint32_t order = kNone;
    NodeId node;
    std::uint32_t unpicked = 0;
    SimTime begun;
    std::vector<std::uint32_t> pieces;
    core::Method method{};              // as promised when it was begun
    bool refused = false;               // the node has been asked, and will say no
    bool collected = true;              // decided when ready: will somebody come?
    std::uint8_t carrier = kNoCarrier;  // that took it: index into Network::carriers
    std::uint8_t tries = 0;             // deliveries that found the locker full
    NodeId at = kNowhere;               // where it waits to be fetched: the locker hub, or the node that it was redirected to
};

}  // namespace lastunit::sim
