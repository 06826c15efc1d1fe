// What the bad days cost: value at risk and the mean beyond it.
#pragma once

#include "reports/statistics/interval.hpp"
#include "reports/statistics/sample.hpp"

namespace lastunit::reports::statistics {

struct TailRisk {
    Interval var;   // the p-quantile of the loss, by order statistics
    Interval cvar;  // E[loss | the worst share 1 - p of days]
};

// Losses, one per replication, larger is worse; 0 < p < 1. CVaR is the minimum over v of v + E[(X - v)+] / (1 - p) (Rockafellar &
// Uryasev 2000), reached at the quantile: the mean of the worst n (1 - p) observations, one of them in part. Its interval is that
// of the mean of v + (x - v)+ / (1 - p), v held at the quantile, since the minimum is flat there (Trindade et al. 2007). With
// fewer than some ten observations beyond the quantile it covers less than it says; below one, it is infinite.
TailRisk tail_risk(Sample losses, double p, Confidence confidence = Confidence());

}  // namespace lastunit::reports::statistics
