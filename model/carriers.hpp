// Who takes parcels from the docks of nodes to doors and lockers: where, how fast, at what price, and when they come.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/routing/request.hpp"
#include "core/types.hpp"
#include "model/distribution.hpp"
#include "model/opening_hours.hpp"

namespace lastunit::model {

// A band of great-circle distance.
struct CarrierZone {
    double up_to_km = 0;
    Distribution transit;  // collected until delivered
    Money parcel = 0;      // price of a parcel ...
    Money per_kg = 0;      // ... and of each kilogram of it
};

// While it lasts, another share of the parcels is late.
struct LatePeak {
    SimTime from, until;
    double late = 0;
};

enum class CarrierService : std::uint8_t { both, door, locker };

struct Carrier {
    std::string name;
    CarrierService service = CarrierService::both;
    std::vector<CarrierZone> zones;  // by distance, nearest first
    double late = 0;                 // share of parcels that take `late_by` longer
    Distribution late_by;
    std::vector<LatePeak> peaks;
    std::uint32_t daily_parcels = 0;  // taken per local day, over all nodes; 0 = no limit
    OpeningHours delivers;

    const CarrierZone* zone(double km) const;  // null: it does not go there
    bool serves(core::Method method) const;
    double late_share(SimTime collected) const;
    Duration wait_for_delivery(SimTime local_arrival) const;  // until its next hours
};

// A carrier's visits to a node's dock.
struct Collection {
    std::uint8_t carrier = 0;   // index into Network::carriers
    std::vector<Duration> at;   // times of day, ascending; empty: a courier, who takes each parcel at once
    std::uint32_t parcels = 0;  // taken per visit; 0 = no limit
    // The first visit at or after this instant; itself for a courier.
    SimTime next(SimTime local) const;
};

}  // namespace lastunit::model
