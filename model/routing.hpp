// What the core's router is given of a scenario: the same for a run, for `lastunit route`, and for tests.
#pragma once

#include "core/routing/router.hpp"
#include "model/scenario.hpp"

namespace lastunit::model {

core::Router make_router(const Design& design);

// Distances, costs, groups, size classes and protection; every node open, with a whole day's capacity. Facts of stock are the
// caller's.
core::RoutingNetwork routing_network(const Scenario& scenario);

// What routing is asked for an order of this channel under `design` (which a run may change); the caller adds the lines and what
// it knows of the moment. It points into `design`.
core::RouteRequest route_request(const Scenario& scenario, const Design& design, ChannelId channel, core::Method method,
                                 ZoneId place, NodeId store);

}  // namespace lastunit::model
