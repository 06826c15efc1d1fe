// A hierarchical timer wheel with exact microseconds: eleven levels of 64 slots, one per base-64 digit of the time.
//
// A timer stands on the level of the highest digit in which its end differs from the present, so a timer that is cancelled early
// (most holds are) is touched twice, and one that lives to its end moves down a level at most ten times. A slot of level 0 is one
// microsecond: what comes out is in order of time without a heap.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <vector>

#include "core/types.hpp"

namespace lastunit::core {

class TimerWheel {
   public:
    TimerWheel();

    // `timer` is a small dense number chosen by the caller, not running; `id` breaks ties of equal ends. `end` is after the last
    // `now`.
    void schedule(std::uint32_t timer, SimTime end, std::uint64_t id);
    void cancel(std::uint32_t timer);
    SimTime end_of(std::uint32_t timer) const { return timers_[timer].end; }
    bool running(std::uint32_t timer) const { return timer < timers_.size() && timers_[timer].slot != kNoSlot; }

    // Takes the timers of the earliest end at or before `now`, in order of id. Empty `due`: none is left, and the wheel stands at
    // `now`.
    void take_due(SimTime now, std::vector<std::uint32_t>& due);

    // Never late; early by less than the width of the slot where the next timer waits. kNever when none runs.
    SimTime next() const { return levels_ == 0 ? kNever : unbias(start_of_next()); }

   private:
    static constexpr std::uint32_t kNone = UINT32_MAX;
    static constexpr std::uint16_t kNoSlot = UINT16_MAX;
    static constexpr unsigned kBits = 6;
    static constexpr unsigned kSlots = 1U << kBits;
    static constexpr unsigned kLevels = 11;

    struct Timer {
        SimTime end;
        std::uint64_t id = 0;
        std::uint32_t next = kNone;
        std::uint32_t previous = kNone;
        std::uint16_t slot = kNoSlot;  // level * 64 + digit
    };

    // Signed time as unsigned in the same order.
    static std::uint64_t bias(SimTime at) { return static_cast<std::uint64_t>(at.us) ^ (std::uint64_t{1} << 63); }
    static SimTime unbias(std::uint64_t at) { return {static_cast<std::int64_t>(at ^ (std::uint64_t{1} << 63))}; }

    std::uint64_t start_of_next() const {
        const unsigned level = static_cast<unsigned>(std::countr_zero(levels_));
        const std::uint64_t digit = static_cast<std::uint64_t>(std::countr_zero(occupied_[level]));
        const unsigned above = kBits * (level + 1);
        const std::uint64_t prefix = above < 64 ? (present_ >> above) << above : 0;
        return prefix | (digit << (kBits * level));
    }
    std::uint32_t detach_next_slot();
    void link(std::uint32_t timer);

    std::vector<Timer> timers_;
    std::array<std::uint32_t, kSlots * kLevels> heads_;
    std::array<std::uint64_t, kLevels> occupied_{};
    std::uint32_t levels_ = 0;   // bit per level that has a timer
    std::uint64_t present_ = 0;  // biased
};

}  // namespace lastunit::core
