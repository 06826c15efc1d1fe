#include "model/routing.hpp"

namespace lastunit::model {

core::Router make_router(const Design& design) {
    if (design.routing == core::RoutingPolicy::rules) return core::Router(design.rules);
    return core::Router(design.routing);
}

core::RoutingNetwork routing_network(const Scenario& scenario) {
    core::RoutingNetwork network = scenario.network.routing();
    network.protection = scenario.design.protection;
    if (scenario.design.routing != core::RoutingPolicy::rules && network.protection.empty()) return network;
    network.class_of_sku.reserve(scenario.catalogue.skus.size());
    for (const SkuInfo& sku : scenario.catalogue.skus) network.class_of_sku.push_back(sku.size_class);
    return network;
}

}  // namespace lastunit::model
