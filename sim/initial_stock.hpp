// What is on record when a run begins.
#pragma once

#include <cstdint>
#include <vector>

#include "model/scenario.hpp"

namespace lastunit::sim {

// [sku * nodes + node], by the scenario's stock rules; a bundle has none of its own.
std::vector<Quantity> initial_stock(const model::Scenario& scenario, std::uint64_t seed);

// How long they have lain there, [sku * nodes + node].
std::vector<Duration> initial_age(const model::Scenario& scenario);

}  // namespace lastunit::sim
