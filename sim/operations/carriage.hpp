// Parcels from their dispatch to the door or the locker. Where carriers come to the node's dock they wait for one (`Docks`), else
// they leave at once, as `Network::transit` says. Those of orders by locker end in a hub, if there is one (`Lockers`).
#pragma once

#include <cstdint>

#include "sim/operations/docks.hpp"
#include "sim/operations/lockers.hpp"
#include "sim/operations/parcel.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

class Carriage {
   public:
    explicit Carriage(World& world) : world_(world), lockers_(world), docks_(world, lockers_) {}

    void take(std::uint32_t parcel);  // it has been dispatched

    // The kernel's calls.
    void collect(std::uint32_t dock) { docks_.collect(dock); }
    void delivered(std::uint32_t parcel);  // the carrier is at the door, or at the locker
    void fetched(std::uint32_t parcel) { lockers_.fetched(parcel); }

    Duration next_delivery(const Parcel& parcel, Duration after) const;       // `after`, and then within its carrier's hours
    Duration way_back(const Parcel& parcel) const;                            // to the node that sent it
    bool pays_by_distance(NodeId node) const { return !docks_.serve(node); }  // its parcels cost Network::cost_per_km

    const Docks& docks() const { return docks_; }
    const Lockers& lockers() const { return lockers_; }

   private:
    Duration by_distance(const Parcel& parcel) const;

    World& world_;
    Lockers lockers_;
    Docks docks_;
};

}  // namespace lastunit::sim
