// Shops with one online channel whose view is a constant lag old, one per SKU. A shop opens with `buffer` + 1 units: its first
// sale leaves the buffer, and until the view shows that, a lag later, the channel goes on selling. What it sells meanwhile is the
// demand in the lag; what goes beyond the buffer is oversold.
//
// The unit of time is the lag. Shops are observed whose first sale falls into the first part of the run, which leaves every
// one of them a whole lag; the demand in the lag does not depend on when that is.
#pragma once

#include <vector>

#include "cli/validation/experiment.hpp"
#include "cli/validation/settings.hpp"

namespace lastunit::cli::validation {

class LagShops {
   public:
    // `demand`: mean in a lag, per shop. A run has about `shoppers`.
    LagShops(double demand, Quantity buffer, double shoppers);

    const Overrides& overrides() const { return overrides_; }
    double shoppers() const;  // expected, per run

    void begin();
    void accepted(SimTime at, Sku sku, Quantity units, Quantity oversold);

    struct Shop {
        Quantity demand = -1;  // in the lag; -1: had not opened in time
        Quantity oversold = 0;
        bool opened() const { return demand >= 0; }
    };
    const std::vector<Shop>& shops() const { return shops_; }

   private:
    double demand_;
    Clock clock_;
    SimTime opened_until_;
    Overrides overrides_;
    std::vector<Shop> shops_;
};

}  // namespace lastunit::cli::validation
