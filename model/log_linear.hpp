// Buckets of a log-linear scale, shared by the histograms of simulated and of live time.
//
// Values below 2^kBits lie in a bucket each; above, each power of two has 2^(kBits - 1) of them, so that the middle of a bucket
// is at most 2^-kBits of the value off. Buckets are numbered in ascending order of value.
#pragma once

#include <bit>
#include <cstdint>

namespace lastunit::model {

template <unsigned kBits> struct LogLinear {
    static constexpr std::uint64_t kExact = std::uint64_t{1} << kBits;
    static constexpr std::uint64_t kHalf = kExact / 2;
    static constexpr std::uint32_t kOctaves = 64 - kBits + 1;
    static constexpr std::uint32_t kBuckets = static_cast<std::uint32_t>(kExact + (kOctaves - 1) * kHalf);

    static constexpr unsigned octave_of(std::uint64_t value) {
        return value < kExact ? 0 : static_cast<unsigned>(std::bit_width(value)) - kBits;
    }
    static constexpr std::uint32_t bucket_of(std::uint64_t value) {
        const unsigned octave = octave_of(value);
        return static_cast<std::uint32_t>(octave * kHalf + (value >> octave));
    }
    // The smallest value of a bucket, and how many it has.
    static constexpr std::uint64_t low_of(std::uint32_t bucket) {
        return bucket < kExact ? bucket : (bucket - octave_of_bucket(bucket) * kHalf) << octave_of_bucket(bucket);
    }
    static constexpr std::uint64_t width_of(std::uint32_t bucket) { return std::uint64_t{1} << octave_of_bucket(bucket); }
    // A value that lies in the bucket: rounded down where the middle is no whole number.
    static constexpr std::uint64_t middle_of(std::uint32_t bucket) { return low_of(bucket) + (width_of(bucket) - 1) / 2; }

   private:
    static constexpr unsigned octave_of_bucket(std::uint32_t bucket) {
        return bucket < kExact ? 0 : static_cast<unsigned>(bucket / kHalf) - 1;
    }
};

}  // namespace lastunit::model
