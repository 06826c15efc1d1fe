#include "model/carriers.hpp"

#include <algorithm>

namespace lastunit::model {

const CarrierZone* Carrier::zone(double km) const {
    const auto reaches = [km](const CarrierZone& zone) { return km <= zone.up_to_km; };
    const auto found = std::find_if(zones.begin(), zones.end(), reaches);
    return found == zones.end() ? nullptr : &*found;
}

bool Carrier::serves(core::Method method) const {
    if (service == CarrierService::both) return core::by_parcel(method);
    return method == (service == CarrierService::locker ? core::Method::locker : core::Method::ship);
}

double Carrier::late_share(SimTime collected) const {
    double share = late;
    for (const LatePeak& peak : peaks)
        if (collected >= peak.from && collected < peak.until) share = peak.late;
    return share;
}

Duration Carrier::wait_for_delivery(SimTime local_arrival) const { return delivers.next_opening(local_arrival) - local_arrival; }

SimTime Collection::next(SimTime local) const {
    if (at.empty()) return local;
    const SimTime midnight{local.us - local.us % hours(24).us};
    for (const Duration& time : at)
        if (midnight + time >= local) return midnight + time;
    return midnight + hours(24) + at.front();
}

}  // namespace lastunit::model
