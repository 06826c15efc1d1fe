// The docks of nodes to which carriers come: every dispatched parcel takes one carrier and waits for its collection, first come
// first served.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "model/histogram.hpp"
#include "sim/operations/lockers.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

struct DockFigures {
    model::Histogram wait;  // dispatched until collected
    std::uint64_t missed_cut_offs = 0;
};
struct CarrierFigures {
    std::uint64_t parcels = 0, late = 0, spilled = 0, peak_day = 0;
    Money price = 0;
};

class Docks {
   public:
    Docks(World& world, const Lockers& lockers);

    bool serve(NodeId node) const { return first_[node.value] < first_[node.value + 1U]; }
    void put(std::uint32_t parcel);
    void collect(std::uint32_t dock);  // the kernel's call: the carrier is there

    const DockFigures& figures(NodeId node) const { return figures_[node.value]; }
    template <class Visit> void each_waiting(Visit visit) const {  // parcel
        for (const Dock& dock : docks_)
            for (const Waiting& one : dock.waiting) visit(one.parcel);
    }
    const CarrierFigures& carrier(std::size_t index) const { return carriers_[index].figures; }

   private:
    struct Waiting {
        std::uint32_t parcel = 0;
        SimTime since;
        bool spilled = false;  // left behind because the carrier had taken all that it takes in a day
    };
    // What one carrier collects at one node.
    struct Dock {
        NodeId node;
        const model::Collection* visits = nullptr;
        std::deque<Waiting> waiting;
        bool expected = false;  // its next visit is pending
        SimTime last_visit{-1};
    };
    struct CarrierDay {
        std::int64_t day = -1;  // local
        std::uint32_t taken = 0;
        std::uint32_t waiting = 0;  // for it, at all docks
        CarrierFigures figures;
    };
    struct Offer {
        std::uint32_t dock = UINT32_MAX;
        bool in_time = false;
        SimTime arrives;
        Money price = 0;
        bool beats(const Offer& other) const;
    };

    Offer offer(std::uint32_t dock, const Parcel& parcel);
    const model::Carrier& carrier_of(const Dock& dock) const;
    const model::CarrierZone* zone(const Dock& dock, const Parcel& parcel) const;
    Money price(const model::CarrierZone& zone, const Parcel& parcel) const;
    std::uint32_t room(const Dock& dock);
    SimTime expected_departure(const Dock& dock);
    SimTime next_visit(const Dock& dock) const;
    void expect(std::uint32_t dock, SimTime at);
    void load(std::uint32_t dock);
    void leave(Dock& dock);
    void count(Dock& dock, const Waiting& waiting, Money price);
    void send(const Dock& dock, const model::CarrierZone& zone, std::uint32_t parcel);
    std::int64_t local_day(SimTime at) const { return world_.local(at).us / hours(24).us; }
    SimTime next_midnight() const {
        return SimTime{(local_day(world_.now) + 1) * hours(24).us} - world_.scenario.run.start_of_day;
    }

    World& world_;
    const Lockers& lockers_;
    std::vector<Dock> docks_;           // node by node
    std::vector<std::uint32_t> first_;  // [node]: its first dock; one more at the end
    std::vector<DockFigures> figures_;  // [node]
    std::vector<CarrierDay> carriers_;
};

}  // namespace lastunit::sim
