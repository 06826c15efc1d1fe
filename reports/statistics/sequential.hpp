// How many replications: until the interval of the mean is as narrow as asked.
#pragma once

#include <cstddef>
#include <optional>

#include "reports/statistics/interval.hpp"
#include "reports/statistics/sample.hpp"

namespace lastunit::reports::statistics {

enum class Width {
    absolute,  // half-width <= the figure
    relative,  // half-width / |mean| <= g / (1 + g): then the mean is off by at most g of the true value (Law 2015, 4.5
               // and 9.4.1)
};

struct Precision {
    Width kind = Width::relative;
    double half_width = 0.05;  // in the KPI's unit, or as a share
    // Never fewer: an early, by chance narrow interval would stop too soon, and stopping by the data costs coverage.
    std::size_t floor = 10;
    std::size_t ceiling = 1000;  // never more, reached or not
    Confidence confidence = Confidence();
};

enum class Stop {
    not_yet,
    reached,
    given_up,  // at the ceiling, wider than asked
};

// Of the replications made so far.
Stop stop(Sample x, const Precision& precision);

// The smallest number of replications, these included, at which the interval would be as narrow as asked if mean and variance
// stayed what they are. Nothing with fewer than two, with a mean of 0 (relative), or when a hundred million would not do. Floor
// and ceiling do not count.
std::optional<std::size_t> replications_for(Sample x, const Precision& precision);

// The same for a verdict: how many pairs a paired-t needs to show a difference of mean `difference` and variance `variance` with
// probability `power`: t(1 - alpha / 2) + t(power) standard errors. Nothing for no difference. At least 2.
std::optional<std::size_t> replications_to_show(double difference, double variance, double power = 0.9,
                                                Confidence confidence = Confidence());
// Still to be made, when the pairs' differences so far are these.
std::optional<std::size_t> replications_still_needed(Sample pair_differences, double power = 0.9,
                                                     Confidence confidence = Confidence());

}  // namespace lastunit::reports::statistics
