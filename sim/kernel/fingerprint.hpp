// A whole run reduced to 64 bits: the hash of its event history, in order. Same scenario, seed and commit: same fingerprint.
#pragma once

#include <cstdint>

namespace lastunit::sim {

class Fingerprint {
   public:
    void fold(std::uint64_t value) {
        state_ = (state_ ^ value) * 0x9E3779B97F4A7C15ULL;  // 2^64 / golden ratio: odd, so the step is a bijection
        state_ ^= state_ >> 32U;
    }
    std::uint64_t value() const { return state_; }

   private:
    std::uint64_t state_ = 0x6C617374756E6974ULL;  // "lastunit"
};

}  // namespace lastunit::sim
