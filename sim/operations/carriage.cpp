#include "sim/operations/carriage.hpp"

#include "core/assert.hpp"
#include "sim/core_system.hpp"
#include "sim/operations/operations.hpp"

namespace lastunit::sim {

using model::Purpose;

void Carriage::take(std::uint32_t index) {
    const Parcel& parcel = world_.operations->parcel(index);
    if (docks_.serve(parcel.node)) {
        docks_.put(index);
        return;
    }
    world_.operations->left(index);
    const std::uint64_t order = world_.orders->order(parcel.order).id;
    const Duration transit = world_.draw(world_.scenario.network.transit, Purpose::transit, order, parcel.node.value);
    world_.after(transit + by_distance(parcel), EventKind::delivered, index);
}

void Carriage::delivered(std::uint32_t parcel) {
    if (lockers_.take(world_.operations->parcel(parcel))) {
        lockers_.arrive(parcel);
    } else {
        world_.operations->at_door(parcel);
    }
}

Duration Carriage::by_distance(const Parcel& parcel) const {
    const double km = world_.core->network().km[world_.orders->order(parcel.order).place][parcel.node.value];
    return {static_cast<std::int64_t>(km * world_.scenario.network.transit_us_per_km)};
}

Duration Carriage::next_delivery(const Parcel& parcel, Duration after) const {
    if (parcel.carrier == kNoCarrier) return after;
    return after + world_.scenario.network.carriers[parcel.carrier].wait_for_delivery(world_.local(world_.now + after));
}

// As long as one way there, drawn anew.
Duration Carriage::way_back(const Parcel& parcel) const {
    const model::Network& network = world_.scenario.network;
    const std::uint64_t order = world_.orders->order(parcel.order).id;
    const auto draw = [&](const model::Distribution& time) {
        return world_.draw(time, Purpose::way_back, order, parcel.node.value);
    };
    if (parcel.carrier == kNoCarrier) return draw(network.transit) + by_distance(parcel);
    const double km = kilometres(lockers_.destination(parcel), network.nodes[parcel.node.value].at);
    const model::CarrierZone* zone = network.carriers[parcel.carrier].zone(km);
    LASTUNIT_ASSERT(zone != nullptr, "it has come this way");
    return draw(zone->transit);
}

}  // namespace lastunit::sim
