// What happened in one stretch of a live run, small enough that a thousand of them are kept: counts, and latencies to within 3 %.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "model/log_linear.hpp"

namespace lastunit::drivers {

// From 256 ns to 137 s in 416 counters; what is beyond either end counts there.
class CoarseHistogram {
   public:
    void add(std::int64_t ns) {
        const auto units = static_cast<std::uint64_t>(std::max<std::int64_t>(ns, 0)) >> kUnitBits;
        ++counts_[std::min(Scale::bucket_of(units), kBuckets - 1)];
        ++total_;
    }
    void merge(const CoarseHistogram& other) {
        for (std::uint32_t i = 0; i < kBuckets; ++i) counts_[i] += other.counts_[i];
        total_ += other.total_;
    }
    std::uint64_t total() const { return total_; }
    // The middle of its bucket, in milliseconds; `empty` when nothing was added.
    double quantile_ms(double q, double empty) const {
        if (total_ == 0) return empty;
        const auto rank = std::min(static_cast<std::uint64_t>(q * static_cast<double>(total_)), total_ - 1);
        std::uint64_t seen = 0;
        std::uint32_t bucket = 0;
        while (seen + counts_[bucket] <= rank) seen += counts_[bucket++];
        const double middle = static_cast<double>(Scale::low_of(bucket)) + static_cast<double>(Scale::width_of(bucket)) / 2;
        return middle * static_cast<double>(1U << kUnitBits) * 1e-6;
    }

   private:
    using Scale = model::LogLinear<5>;
    static constexpr unsigned kUnitBits = 8;
    static constexpr std::uint32_t kBuckets = Scale::bucket_of((std::uint64_t{1} << 29) - 1) + 1;
    std::array<std::uint32_t, kBuckets> counts_{};
    std::uint64_t total_ = 0;
};

struct StepFigures {
    std::uint32_t intended = 0, sent = 0, answered = 0, refused = 0, no_answer = 0;
    std::uint32_t in_flight = 0;  // at the end of the stretch
    CoarseHistogram service, response, lag;

    // The stretch that follows: what is in flight in the end is its own.
    void append(const StepFigures& next) {
        add_counts(next);
        in_flight = next.in_flight;
    }
    void add_counts(const StepFigures& other) {
        intended += other.intended;
        sent += other.sent;
        answered += other.answered;
        refused += other.refused;
        no_answer += other.no_answer;
        service.merge(other.service);
        response.merge(other.response);
        lag.merge(other.lag);
    }
};

}  // namespace lastunit::drivers
