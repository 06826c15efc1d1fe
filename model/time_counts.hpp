// Durations counted to the minute, for pictures of their distribution: exact counts in buckets of a readable width, and how two
// such distributions become one.
#pragma once

#include <cstdint>
#include <vector>

#include "core/types.hpp"
#include "model/run_record.pb.h"

namespace lastunit::model {

class TimeCounts {
   public:
    void add(Duration value);
    void merge(const TimeCounts& other);
    std::uint64_t count() const { return count_; }

    // Into the buckets of the distribution: the narrowest width of 1, 5, 15 or 30 minutes, 1, 3, 6, 12 or 24 hours (then doubled)
    // with which 60 buckets reach the 99 % quantile. At most 72 of them; what lies beyond those is in one more. Nothing of an
    // empty sample.
    void fill(TimeDistribution& out) const;

   private:
    std::vector<std::uint32_t> minutes_;  // as long as the longest duration
    std::uint64_t count_ = 0;
};

// Counts of the same method from another sample are added. Buckets end where both have an end: each width divides the next, so
// that no count is split.
void add_distribution(TimeDistribution& into, const TimeDistribution& more);

}  // namespace lastunit::model
