// The share of an event that comes in clusters, in a steady state: one figure per replication, unless it is so rare, or so nearly
// certain, that the replications saw only a few exceptions.
#pragma once

#include <utility>

#include "cli/validation/estimate.hpp"

namespace lastunit::cli::validation {

class ClusteredShare {
   public:
    // Of one replication. Events may be amounts, such as waiting, in units in which a single one is about 1.
    void add(double events, double trials) {
        events_.add(events);
        others_.add(trials - events);
    }
    // Where even single events are rare, the clusters of the replications are counted; else `of_figures` is as good.
    // A share is a probability, and held to the precision of one however often it was seen.
    Estimate read(double expected, Estimate of_figures) const {
        of_figures.scale = kProbabilityScale;
        if (expected <= 0.5) return rare(events_, expected, of_figures);
        return complement(rare(others_, 1 - expected, complement(of_figures)));
    }
    // Of a mean amount, which may be above 1.
    Estimate read_amount(double expected, const Estimate& of_figures) const { return rare(events_, expected, of_figures); }

   private:
    Estimate rare(const Moments& events, double expected, const Estimate& of_figures) const {
        constexpr double kMany = 400;
        const double trials = events_.sum + others_.sum;
        if (trials == 0 || expected * trials > kMany || events.sum > kMany) return of_figures;
        const double per_run = trials / events.n;
        return divided(of_count_mean(events, expected * per_run), per_run);
    }
    static Estimate complement(Estimate out) {
        out.value = 1 - out.value;
        out.low = 1 - std::exchange(out.high, 1 - out.low);
        out.z = -out.z;
        return out;
    }

    Moments events_, others_;  // per replication
};

}  // namespace lastunit::cli::validation
