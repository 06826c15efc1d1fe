// The policies that a fulfilment instance is played with, order by order, through the core's router.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "cli/validation/fulfilment_file.hpp"
#include "model/pricing/fluid_program.hpp"
#include "model/pricing/price_planner.hpp"

namespace lastunit::cli::validation {

struct FulfilmentPolicy {
    enum class Decides : std::uint8_t { nearest, rounding, least_cost, planner };
    enum class Prices : std::uint8_t { none, of_the_lp };

    const char* name;
    const char* reference;  // the file's name of it; null = the file has none
    Decides decides;
    core::Rounding rounding = core::Rounding::independent;
    core::FailedPick failed = core::FailedPick::left_unfilled;
    Prices prices = Prices::none;
    model::PlannerOptions::Follow follow = model::PlannerOptions::Follow::plan;
};
std::span<const FulfilmentPolicy> fulfilment_policies();

// The kinds of the orders of one sequence, one per period: the same for every policy.
std::vector<std::uint32_t> arrivals(const FulfilmentInstance& instance, std::uint64_t seed, std::uint64_t sequence);

struct Played {
    double cost = 0;  // in the file's unit
    double units = 0, unfilled = 0;
    double orders = 0, parcels = 0;  // of orders that ask something
};
// `fluid` is the instance's plan for expected demand. Deterministic.
Played play(const FulfilmentInstance& instance, const model::FluidPlan& fluid, const FulfilmentPolicy& policy,
            std::span<const std::uint32_t> kinds, std::uint64_t seed, std::uint64_t sequence);

}  // namespace lastunit::cli::validation
