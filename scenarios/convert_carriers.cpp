// Carriers, and when they come to the docks.
#include <algorithm>

#include "scenarios/convert.hpp"

namespace lastunit::scenarios {

std::vector<model::Carrier> convert_carriers(const Conversion& c) {
    std::vector<model::Carrier> carriers;
    for (const schema::Carrier& from : c.from.network().carriers()) {
        model::Carrier to;
        to.name = from.name();
        to.service = static_cast<model::CarrierService>(from.service());
        for (const schema::CarrierZone& zone : from.zones())
            to.zones.push_back({zone.up_to_km(), distribution(zone.transit()), zone.parcel(), zone.per_kg()});
        to.late = from.late();
        to.late_by = distribution(from.late_by());
        for (const schema::LatePeak& peak : from.peaks())
            to.peaks.push_back({SimTime{peak.from()}, SimTime{peak.until()}, peak.late()});
        to.daily_parcels = from.daily_parcels();
        to.delivers = hours_of(from.delivers());
        carriers.push_back(std::move(to));
    }
    return carriers;
}

std::vector<model::Collection> convert_collections(const schema::Node& node, const Conversion& c) {
    std::vector<model::Collection> collections;
    for (const schema::Collection& from : node.collections()) {
        model::Collection to;
        to.carrier = static_cast<std::uint8_t>(c.lookup.carriers.at(from.carrier()));
        to.parcels = from.parcels();
        for (const std::int64_t at : from.at()) to.at.push_back(duration(at % hours(24).us));  // 24:00 is the next day's 00:00
        std::sort(to.at.begin(), to.at.end());
        to.at.erase(std::unique(to.at.begin(), to.at.end()), to.at.end());
        collections.push_back(std::move(to));
    }
    return collections;
}

}  // namespace lastunit::scenarios
