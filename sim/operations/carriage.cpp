#include "sim/operations/carriage.hpp"

#include "sim/core_system.hpp"
#include "sim/operations/operations.hpp"

namespace lastunit::sim {

void Carriage::take(std::uint32_t index) {
    const Parcel& parcel = world_.operations->parcel(index);
    const Order& order = world_.orders->order(parcel.order);
    const model::Network& network = world_.scenario.network;
    const double km = world_.core->network().km[order.place][parcel.node.value];
    const Duration by_distance{static_cast<std::int64_t>(km * network.transit_us_per_km)};
    const Duration transit = world_.draw(network.transit, model::Purpose::transit, order.id, parcel.node.value);
    world_.after(transit + by_distance, EventKind::delivered, index);
}

void Carriage::delivered(std::uint32_t parcel) { world_.operations->at_door(parcel); }

}  // namespace lastunit::sim
