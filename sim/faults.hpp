// What is broken at this instant: every other part asks here before it relies on a host, a link or a colleague.
#pragma once

#include <cstdint>

#include "sim/world.hpp"

namespace lastunit::sim {

class Faults {
   public:
    explicit Faults(World& world);

    void start();                     // plans every window; schedules the first of each
    void turn(std::uint32_t window);  // EventKind::fault: a window begins or ends

    bool core_up() const { return core_down_ == 0; }
    // The channel can ask the core now: the core is up, and no partition lies between.
    bool reaches_core(ChannelId channel) const;
    bool offline(NodeId node) const;  // its tills
    // A clock's error; negative: behind.
    Duration skew_of_core() const { return core_skew_; }
    Duration skew(ChannelId channel) const;

   private:
    World& world_;
    std::uint32_t core_down_ = 0;
    Duration core_skew_{0};
};

}  // namespace lastunit::sim
