// Trucks, replenishment, returns.
#include <algorithm>

#include "scenarios/convert.hpp"

namespace lastunit::scenarios {
namespace {

NodeId node_of(const Conversion& c, const std::string& name, NodeId otherwise) {
    return name.empty() ? otherwise : NodeId(static_cast<std::uint16_t>(c.lookup.nodes.at(name)));
}

}  // namespace

std::vector<model::Truck> convert_trucks(const Conversion& c) {
    std::vector<model::Truck> trucks;
    for (const schema::Truck& from : c.from.network().trucks()) {
        model::Truck& to = trucks.emplace_back();
        to.name = from.name();
        to.from = c.lookup.node_set(from.from(), from.from_kinds());
        to.to = c.lookup.node_set(from.to(), from.to_kinds());
        for (const std::int64_t at : from.at()) to.at.push_back(duration(at));
        std::sort(to.at.begin(), to.at.end());
        to.takes = distribution(from.takes());
        to.takes_us_per_km = static_cast<double>(from.takes_per_km());
        to.units = from.units();
        to.cost = from.cost();
        to.unit_cost = from.unit_cost();
    }
    return trucks;
}

std::vector<model::ReplenishmentRule> convert_replenishment(const Conversion& c) {
    std::vector<model::ReplenishmentRule> rules;
    for (const schema::ReplenishmentRule& from : c.from.replenishment()) {
        model::ReplenishmentRule& to = rules.emplace_back();
        to.nodes = c.lookup.node_set_or_all(from.nodes(), from.kinds());
        for (const std::string& sku : from.skus()) to.skus.push_back(*c.skus.find(sku));
        to.policy = static_cast<model::ReplenishmentRule::Policy>(from.policy());
        if (from.has_up_to()) to.up_to.units = from.up_to();
        if (from.has_up_to_share()) to.up_to.share = from.up_to_share();
        if (from.has_reorder_point()) to.reorder_point.units = from.reorder_point();
        if (from.has_reorder_share()) to.reorder_point.share = from.reorder_share();
        to.below_up_to = !from.has_reorder_point() && !from.has_reorder_share();
        to.review_every = duration(from.review_every());
        to.review_phase = duration(from.review_phase().at());
        to.random_phase = from.review_phase().random();
        to.from = node_of(c, from.from(), model::kSupplier);
        to.lead_time = distribution(from.lead_time());
    }
    return rules;
}

std::vector<model::ReturnsRule> convert_returns(const Conversion& c) {
    std::vector<model::ReturnsRule> rules;
    for (const schema::ReturnsRule& from : c.from.returns()) {
        model::ReturnsRule& to = rules.emplace_back();
        to.nodes = c.lookup.node_set_or_all(from.nodes(), from.kinds());
        to.parcels_to = node_of(c, from.parcels_to(), model::kSupplier);
        to.inspect = convert_station(from.inspect(), c);
        to.as_new = from.as_new();
        to.marked_down = from.marked_down();
        to.markdown = from.markdown();
        to.then = static_cast<model::ReturnsRule::Then>(from.then());
        to.forward_to = node_of(c, from.forward_to(), NodeId(0));
        to.forward_takes = distribution(from.forward_takes());
    }
    return rules;
}

}  // namespace lastunit::scenarios
