// Parcels on the road: from dispatch to the door.
#pragma once

#include <cstdint>

#include "sim/world.hpp"

namespace lastunit::sim {

class Carriage {
   public:
    explicit Carriage(World& world) : world_(world) {}

    void take(std::uint32_t parcel);       // it has left the node
    void delivered(std::uint32_t parcel);  // the kernel's call: it is at the door

   private:
    World& world_;
};

}  // namespace lastunit::sim
