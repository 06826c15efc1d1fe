// Latencies in nanoseconds: constant memory (59 KB once something was added), relative error of a quantile at most 0.4 %
// (1/256), merged exactly in any order because nothing but whole numbers is kept.
#pragma once

#include <cstdint>
#include <memory>

#include "model/load_report.pb.h"
#include "model/log_linear.hpp"

namespace lastunit::drivers {

class LatencyCounts {
   public:
    using Scale = model::LogLinear<8>;

    // A negative latency (clocks of two threads that disagree) counts as none.
    void add(std::int64_t ns) {
        const auto value = static_cast<std::uint64_t>(ns < 0 ? 0 : ns);
        if (!counts_) reserve();
        ++counts_[Scale::bucket_of(value)];
        ++count_;
        sum_ns_ += value;
        if (value > max_ns_) max_ns_ = value;
        if (value < min_ns_) min_ns_ = value;
    }
    void merge(const LatencyCounts& other);
    // Exactly what to_proto() wrote; buckets that are no bucket's middle go to the bucket that they lie in.
    void merge(const model::LatencyHistogram& other);
    model::LatencyHistogram to_proto() const;  // its sum stays at 2^64 - 1 beyond that
    // Takes its memory now, so that add() never does.
    void reserve();

    std::uint64_t count() const { return count_; }
    std::uint64_t max_ns() const { return max_ns_; }
    std::uint64_t min_ns() const { return count_ == 0 ? 0 : min_ns_; }
    double mean_ns() const { return count_ == 0 ? 0 : static_cast<double>(sum_ns_) / static_cast<double>(count_); }
    // The value that a fraction q of the sample does not exceed (nearest rank), as the middle of its bucket, within min and max;
    // 0 when empty.
    std::uint64_t quantile_ns(double q) const;

   private:
    __extension__ using Sum = unsigned __int128;
    std::unique_ptr<std::uint64_t[]> counts_;
    std::uint64_t count_ = 0;
    std::uint64_t max_ns_ = 0, min_ns_ = UINT64_MAX;
    Sum sum_ns_ = 0;
};

}  // namespace lastunit::drivers
