// Importance sampling: what is rare is simulated more often than the case says, and each observation counts with its likelihood
// ratio, the chance of what it saw under the case over that under the simulation.
#pragma once

#include "cli/validation/estimate.hpp"

namespace lastunit::cli::validation {

class WeightedShare {
   public:
    // Without a ratio that differs from 1 the share is a plain one.
    void add(bool happened, double ratio) {
        weights_.add(happened ? ratio : 0);
        if (ratio != 1) plain_ = false;
    }
    Estimate read(double expected) const {
        return plain_ ? of_proportion(weights_.sum, weights_.n, expected) : of_weights(weights_, expected);
    }

   private:
    bool plain_ = true;
    Moments weights_;
};

}  // namespace lastunit::cli::validation
