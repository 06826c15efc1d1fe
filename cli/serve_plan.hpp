// Routing for `lastunit serve`: the scenario's network and policy, the server's ledger.
#pragma once

#include "drivers/grpc/server.hpp"
#include "model/scenario.hpp"

namespace lastunit::cli {

// A destination is routed as the nearest of the scenario's places; by parcel.
drivers::Planner planner(const model::Scenario& scenario);

}  // namespace lastunit::cli
