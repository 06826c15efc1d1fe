// What breaks during a run, and when.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/types.hpp"
#include "model/design.hpp"

namespace lastunit::model {

enum class FaultKind : std::uint8_t {
    host_crash,      // work and messages there are lost; it restarts with what its journal kept
    link_down,       // what is on it fails, and what comes fails
    partition,       // the channels and the core cannot reach each other
    slow_host,       // computes `factor` times slower
    pos_offline,     // tills go on selling and tell the core when they are back
    clock_skew,      // a clock is off
    stuck_consumer,  // messages arrive, and nobody applies them until the end
    config_change,   // nodes or channels are configured anew; for ever
    bots,            // fill carts and hold what they get. Its shoppers are an arrival stream of their own, made by the loader
    stall,           // computes nothing, loses nothing, and then goes on
    slow_disk,       // the core's commands take `delay` longer
};
const char* name_of(FaultKind kind);

struct Fault {
    std::string name;
    FaultKind kind{};
    Duration at{0};                // of the first window, since the start
    Duration lasts{0};             // of a window
    double rate = 0;               // per second: windows begin as a Poisson process within the horizon; 0 = one window at `at`
    std::uint16_t host = kNoHost;  // host_crash, stall: kNoHost is the core
    std::vector<std::uint16_t> links;          // link_down
    std::vector<std::uint8_t> edges;           // link_down, stuck_consumer
    std::vector<std::uint8_t> channels;        // partition, clock_skew (none: the core's clock), config_change
    std::vector<NodeId> nodes;                 // pos_offline (none: all), config_change
    double factor = 1;                         // slow_host
    Duration skew{0};                          // clock_skew; negative: behind
    Duration delay{0};                         // slow_disk
    double synced_twice = 0;                   // pos_offline: probability per sale
    std::optional<bool> ships, hands_over;     // config_change, for the nodes
    std::optional<Quantity> buffer;            // config_change, for the channels
    std::optional<std::vector<NodeId>> sells;  // config_change, for the channels
};

}  // namespace lastunit::model
