// Parcel lockers: parcels of orders by locker wait in the hub nearest to the shopper's place, one compartment each, until they
// are fetched or go back.
#pragma once

#include <cstdint>
#include <vector>

#include "model/network.hpp"
#include "sim/operations/parcel.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

struct Order;

struct LockerFigures {
    std::uint64_t occupied = 0, peak = 0;
    std::uint64_t full = 0;        // deliveries that found no compartment
    std::uint64_t redirected = 0;  // parcels that gave it up, to a node that hands over
    std::uint64_t no_shows = 0, fetched = 0;
};

class Lockers {
   public:
    explicit Lockers(World& world);

    bool take(const Parcel& parcel) const { return parcel.method == core::Method::locker && !hubs_.empty(); }
    model::GeoPoint destination(const Parcel& parcel) const;  // of the carrier
    NodeId hub_of(const Order& order) const;                  // where its parcels wait; kNowhere: they go to the door

    void arrive(std::uint32_t parcel);   // the carrier is at the hub, or at the node that it was redirected to
    void fetched(std::uint32_t parcel);  // the kernel's call: the shopper is there, or will never come

    std::uint64_t waiting() const { return waiting_; }  // parcels to be fetched
    const LockerFigures& figures(NodeId hub) const { return figures_[hub.value]; }

   private:
    bool has_compartment(NodeId hub) const;
    void occupy(NodeId hub);
    void found_full(std::uint32_t parcel);
    void goes_back(const Parcel& parcel);
    NodeId nearest_hand_over(NodeId hub) const;
    NodeId hub_of(const Parcel& parcel) const;

    World& world_;
    std::vector<NodeId> hubs_;  // [place]; empty: the network has none
    std::vector<LockerFigures> figures_;
    std::uint64_t waiting_ = 0;
};

}  // namespace lastunit::sim
