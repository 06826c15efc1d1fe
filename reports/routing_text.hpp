// One planned order for a person and for a script: what was decided, what it costs, and why each node is in the plan or not.
#pragma once

#include <string>

#include "core/routing/router.hpp"
#include "model/scenario.hpp"
#include "reports/terminal.hpp"

namespace lastunit::reports {

struct Routed {
    const model::Scenario& scenario;
    const core::RouteRequest& request;
    const core::Plan& plan;
    const core::Explanation& why;
};

// As the design names it: `bid_price` is least cost with prices, which only a run has.
const char* routing_name(const model::Design& design);

std::string routing_text(const Routed& routed, const TerminalStyle& style = {});
// Money in minor units, as in the run record; every node has an entry.
std::string routing_json(const Routed& routed);

}  // namespace lastunit::reports
