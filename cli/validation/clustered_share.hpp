// The share of an event that comes in clusters, in a steady state: one figure per replication, unless it is so rare that the
// replications saw only a few.
#pragma once

#include "cli/validation/estimate.hpp"

namespace lastunit::cli::validation {

class ClusteredShare {
   public:
    // Of one replication.
    void add(double events, double trials) {
        events_.add(events);
        trials_ += trials;
    }
    // Where even single events are rare, the clusters of the replications are counted; else `of_figures` is as good.
    Estimate read(double expected, const Estimate& of_figures) const {
        constexpr double kMany = 400;
        if (trials_ == 0 || expected * trials_ > kMany || events_.sum > kMany) return of_figures;
        const double per_run = trials_ / events_.n;
        return divided(of_count_mean(events_, expected * per_run), per_run);
    }

   private:
    Moments events_;  // per replication
    double trials_ = 0;
};

}  // namespace lastunit::cli::validation
