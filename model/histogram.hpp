// A log-linear histogram of durations: constant memory, mergeable exactly in any order, relative error at most 0.2 %.
#pragma once

#include <array>
#include <cstdint>
#include <memory>

#include "core/types.hpp"
#include "model/log_linear.hpp"

namespace lastunit::model {

class Histogram {
   public:
    void add(Duration value) {
        const auto us = static_cast<std::uint64_t>(value.us < 0 ? 0 : value.us);
        const unsigned octave = LogLinear<kSubBits>::octave_of(us);
        auto& counts = octaves_[octave];
        if (!counts) counts = std::make_unique<Counts>();
        ++(*counts)[octave == 0 ? us : (us >> octave) - kSub / 2];
        ++count_;
        sum_us_ += static_cast<double>(us);
        if (us > max_us_) max_us_ = us;
    }

    std::uint64_t count() const { return count_; }
    double mean_s() const { return count_ == 0 ? 0 : sum_us_ / static_cast<double>(count_) * 1e-6; }
    double max_s() const { return static_cast<double>(max_us_) * 1e-6; }

    // The value that a fraction q of the sample does not exceed (nearest rank), as the middle of its bucket; 0 when empty.
    double quantile_s(double q) const {
        if (count_ == 0) return 0;
        auto rank = static_cast<std::uint64_t>(q * static_cast<double>(count_));
        if (rank >= count_) rank = count_ - 1;
        std::uint64_t seen = 0;
        for (unsigned octave = 0; octave < kOctaves; ++octave) {
            if (!octaves_[octave]) continue;
            for (std::uint64_t i = 0; i < kSub; ++i) {
                seen += (*octaves_[octave])[i];
                if (seen > rank) return clamp_to_max(middle_us(octave, i)) * 1e-6;
            }
        }
        return max_s();
    }

    void merge(const Histogram& other) {
        for (unsigned octave = 0; octave < kOctaves; ++octave) {
            if (!other.octaves_[octave]) continue;
            if (!octaves_[octave]) octaves_[octave] = std::make_unique<Counts>();
            for (std::uint64_t i = 0; i < kSub; ++i) (*octaves_[octave])[i] += (*other.octaves_[octave])[i];
        }
        count_ += other.count_;
        sum_us_ += other.sum_us_;
        if (other.max_us_ > max_us_) max_us_ = other.max_us_;
    }

   private:
    // Values below kSub are exact; above, each power of two has kSub / 2 buckets: half a bucket is at most 1 / kSub of the value.
    static constexpr unsigned kSubBits = 9;
    static constexpr std::uint64_t kSub = 1U << kSubBits;
    static constexpr unsigned kOctaves = 64 - kSubBits + 1;
    using Counts = std::array<std::uint32_t, kSub>;

    static double middle_us(unsigned octave, std::uint64_t i) {
        if (octave == 0) return static_cast<double>(i);
        const std::uint64_t low = (i + kSub / 2) << octave;
        return static_cast<double>(low) + static_cast<double>((std::uint64_t{1} << octave) - 1) / 2;
    }
    double clamp_to_max(double us) const { return us > static_cast<double>(max_us_) ? static_cast<double>(max_us_) : us; }

    std::array<std::unique_ptr<Counts>, kOctaves> octaves_;
    std::uint64_t count_ = 0;
    double sum_us_ = 0;
    std::uint64_t max_us_ = 0;
};

}  // namespace lastunit::model
