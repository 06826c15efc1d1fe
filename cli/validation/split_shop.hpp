// One shop of a4 whose buffer is hardly ever too small, as `lastunit risk` simulates it: split on its way to an oversell, in
// processes that fork or replay.
#pragma once

#include <cstdint>

#include "cli/validation/experiment.hpp"
#include "cli/validation/settings.hpp"
#include "model/scenario.hpp"
#include "reports/statistics/interval.hpp"

namespace lastunit::cli::validation {

struct Effort;

class SplitShop {
   public:
    SplitShop(double till, double online, double lag, Quantity buffer);

    Overrides overrides() const { return overrides_; }
    // A pilot, then roots until the interval is as narrow as the effort asks.
    void simulate(const model::Scenario& shop, const Effort& effort, std::uint64_t seed);
    Estimate probability(double expected) const;  // of any oversell

   private:
    double lag_us_;
    Overrides overrides_;
    reports::statistics::Interval seen_{0, 0, 1};
};

}  // namespace lastunit::cli::validation
