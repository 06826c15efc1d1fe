// Several designs against one: what is said of all of them together holds with the confidence asked, not only of each alone.
#pragma once

#include <span>
#include <vector>

#include "reports/statistics/difference.hpp"

namespace lastunit::reports::statistics {

// Holm (1979): the smallest p of m is multiplied by m, the next by m - 1 ..., never falling, at most 1; in the order given.
// Rejecting what lies at or below alpha errs anywhere with at most alpha, whatever the dependence; never less powerful than
// Bonferroni's p * m.
std::vector<double> holm_adjusted(std::span<const double> p);

enum class Pairing {
    common_shoppers,  // replication i of every design had the same seed
    independent,
};

enum class Verdict {
    lower,
    higher,
    not_shown,  // the samples do not tell; not "equal"
};

struct Against {
    Interval interval;  // of design - baseline; all together cover (Bonferroni)
    double p = 1;       // Holm's
    // By Holm's p. Now and then it shows a difference whose interval, which is the wider Bonferroni one, still touches 0.
    Verdict verdict = Verdict::not_shown;
};

// One per design, in order. Each sample holds one KPI's figures, one per replication.
std::vector<Against> against_baseline(Sample baseline, std::span<const std::vector<double>> designs, Pairing pairing,
                                      Confidence confidence = Confidence());

}  // namespace lastunit::reports::statistics
