#include "scenarios/check.hpp"

namespace lastunit::scenarios {
namespace {

void check_carrier(const CheckContext& c, const schema::Carrier& carrier) {
    const std::string path = "network.carriers." + carrier.name();
    for (int i = 1; i < carrier.zones_size(); ++i)
        if (carrier.zones(i).up_to_km() <= carrier.zones(i - 1).up_to_km())
            c.error(path + ".zones[" + std::to_string(i) + "].up_to_km", "has to reach farther than the zone before it");
    for (int i = 0; i < carrier.peaks_size(); ++i)
        if (carrier.peaks(i).until() <= carrier.peaks(i).from())
            c.error(path + ".peaks[" + std::to_string(i) + "].until", "has to be after `from`");
}

void check_docks(const CheckContext& c, const schema::Node& node) {
    const std::string path = "network.nodes." + node.name();
    if (c.given(path + ".compartments") && node.kind() != schema::locker_hub)
        c.error(path + ".compartments", "only a node of kind `locker_hub` has compartments");
    for (int i = 0; i < node.collections_size(); ++i) {
        const schema::Collection& collection = node.collections(i);
        if (collection.at_size() == 0 && collection.parcels() > 0)
            c.error(path + ".collections[" + std::to_string(i) + "].parcels",
                    "is of one collection, and a courier without `at` has none: give `at`, or the carrier's `daily_parcels`");
    }
}

}  // namespace

void check_carriers(const CheckContext& c) {
    for (const schema::Carrier& carrier : c.scenario.network().carriers()) check_carrier(c, carrier);
    for (const schema::Node& node : c.scenario.network().nodes()) check_docks(c, node);
}

}  // namespace lastunit::scenarios
