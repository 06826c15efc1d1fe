// One order in a file of its own, for `lastunit route`: message OrderFile of scenario.proto, read as a scenario is.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/routing/request.hpp"
#include "model/scenario.hpp"
#include "scenarios/diagnostic.hpp"

namespace lastunit::scenarios {

struct OrderToRoute {
    ChannelId channel;
    core::Method method{};
    ZoneId place;
    NodeId store;                        // where it is collected; the first node for orders that are sent
    std::vector<core::OrderLine> lines;  // articles: a bundle is a line for each component
    Money value = 0;
};

struct LoadedOrder {
    std::optional<OrderToRoute> order;  // only when there are no errors
    std::vector<Diagnostic> errors;
};

LoadedOrder load_order(const std::string& path, const model::Scenario& scenario);

}  // namespace lastunit::scenarios
