#include "drivers/load/latency_counts.hpp"

#include <algorithm>

namespace lastunit::drivers {

void LatencyCounts::reserve() {
    if (!counts_) counts_ = std::make_unique<std::uint64_t[]>(Scale::kBuckets);
}

void LatencyCounts::merge(const LatencyCounts& other) {
    if (other.count_ == 0) return;
    reserve();
    for (std::uint32_t bucket = 0; bucket < Scale::kBuckets; ++bucket) counts_[bucket] += other.counts_[bucket];
    count_ += other.count_;
    sum_ns_ += other.sum_ns_;
    max_ns_ = std::max(max_ns_, other.max_ns_);
    min_ns_ = std::min(min_ns_, other.min_ns_);
}

void LatencyCounts::merge(const model::LatencyHistogram& other) {
    if (other.total() == 0) return;
    reserve();
    for (int i = 0; i < std::min(other.value_ns_size(), other.count_size()); ++i)
        counts_[Scale::bucket_of(other.value_ns(i))] += other.count(i);
    count_ += other.total();
    sum_ns_ += other.sum_ns();
    max_ns_ = std::max(max_ns_, other.max_ns());
    min_ns_ = std::min(min_ns_, other.min_ns());
}

model::LatencyHistogram LatencyCounts::to_proto() const {
    model::LatencyHistogram out;
    if (count_ == 0) return out;
    for (std::uint32_t bucket = 0; bucket < Scale::kBuckets; ++bucket) {
        if (counts_[bucket] == 0) continue;
        out.add_value_ns(Scale::middle_of(bucket));
        out.add_count(counts_[bucket]);
    }
    out.set_total(count_);
    out.set_sum_ns(static_cast<std::uint64_t>(std::min<Sum>(sum_ns_, UINT64_MAX)));
    out.set_max_ns(max_ns_);
    out.set_min_ns(min_ns_);
    return out;
}

std::uint64_t LatencyCounts::quantile_ns(double q) const {
    if (count_ == 0) return 0;
    const auto rank = std::min(static_cast<std::uint64_t>(q * static_cast<double>(count_)), count_ - 1);
    std::uint64_t seen = 0;
    for (std::uint32_t bucket = 0; bucket < Scale::kBuckets; ++bucket) {
        seen += counts_[bucket];
        if (seen > rank) return std::clamp(Scale::middle_of(bucket), min_ns_, max_ns_);
    }
    return max_ns_;
}

}  // namespace lastunit::drivers
