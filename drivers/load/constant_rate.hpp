// A plain schedule on a back end, for benchmarks and for the generator's own capacity: pairs of hold and confirm over the
// prepared stock. Shoppers are the simulator's business; these are none.
//
// A hold of one unit is intended at each time of the plan, whatever became of the ones before (an open model). When it is
// applied, its confirm is intended `think` after its answer; when it is refused, the shopper leaves.
#pragma once

#include <cstdint>

#include "drivers/load/dispatcher.hpp"
#include "drivers/load/rate_plan.hpp"

namespace lastunit::drivers {

struct ConstantRateOptions {
    std::vector<RatePhase> phases;
    Spacing spacing = Spacing::poisson;
    double zipf = 1.0;
    Duration think{0};
    Duration ttl = minutes(10);
    std::uint64_t seed = 1;
    std::uint64_t first_id = 1;  // of holds and orders: one after the other from here
};

struct ConstantRateResult {
    std::uint64_t holds = 0, held = 0, confirmed = 0;  // intended, applied, and their confirms applied
    std::uint64_t refused = 0, unknown = 0;            // of holds and confirms
};

// Paces by itself, from the dispatcher's time 0 or now, whichever is later; returns when the plan is over and everything that was
// asked for is settled, or `patience` after the plan's end. The caller calls the dispatcher's finish().
ConstantRateResult run_constant_rate(Dispatcher& dispatcher, const InitialStock& stock, const ConstantRateOptions& options,
                                     Duration patience = seconds(60));

// The rate (operations per second) beyond which this generator, on this machine as busy as it is now, cannot hold its own
// schedule: with a driver that answers at once, the highest rate at which the dispatch lag's 99th percentile stays within `lag`.
// Rates are doubled, then halved in between, to within 10 %; each is tried for `each`.
double find_capacity(Duration each, Duration lag = milliseconds(1));

}  // namespace lastunit::drivers
