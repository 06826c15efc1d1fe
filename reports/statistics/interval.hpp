// An estimate with its interval: no number leaves this folder without one.
#pragma once

#include "core/assert.hpp"

namespace lastunit::reports::statistics {

// The share of studies whose interval is to cover the true value. A type of its own, because 0.05 and 0.95 are easily exchanged.
class Confidence {
   public:
    // 0 < level < 1.
    explicit Confidence(double level = 0.95) : level_(level) {
        LASTUNIT_ASSERT(level > 0 && level < 1, "a confidence level lies between 0 and 1");
    }
    double level() const { return level_; }
    double alpha() const { return 1 - level_; }        // the share that misses
    double upper() const { return 0.5 + level_ / 2; }  // the quantile at the upper end of a two-sided interval
    Confidence shared_by(double intervals) const {
        return Confidence(1 - alpha() / intervals);
    }  // Bonferroni: all cover together

   private:
    double level_;
};

// Closed. An end that the sample says nothing about is infinite: one observation has a mean, but no interval.
struct Interval {
    double value = 0;
    double low = 0, high = 0;

    double half_width() const { return (high - low) / 2; }
    bool contains(double x) const { return low <= x && x <= high; }
};

}  // namespace lastunit::reports::statistics
