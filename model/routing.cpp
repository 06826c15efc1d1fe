#include "model/routing.hpp"

namespace lastunit::model {

core::Router make_router(const Design& design) {
    if (design.routing == core::RoutingPolicy::rules) return core::Router(design.rules);
    return core::Router(design.routing);
}

core::RoutingNetwork routing_network(const Scenario& scenario) {
    core::RoutingNetwork network = scenario.network.routing(scenario.catalogue);
    network.protection = scenario.design.protection;
    if (scenario.design.routing != core::RoutingPolicy::rules && network.protection.empty()) return network;
    network.class_of_sku.reserve(scenario.catalogue.skus.size());
    for (const SkuInfo& sku : scenario.catalogue.skus) network.class_of_sku.push_back(sku.size_class);
    return network;
}

core::RouteRequest route_request(const Scenario& scenario, const Design& design, ChannelId channel, core::Method method,
                                 ZoneId place, NodeId store) {
    core::RouteRequest request;
    request.zone = place;
    request.method = method;
    request.place = store;
    request.channel = channel;
    request.max_nodes = design.max_split;
    request.only = design.channels[channel.value].nodes;
    request.promise = core::by_parcel(method) ? scenario.run.promise : scenario.run.ready_promise;
    if (design.split_policy) request.split = &*design.split_policy;
    return request;
}

}  // namespace lastunit::model
