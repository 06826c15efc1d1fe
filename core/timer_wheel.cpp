#include "core/timer_wheel.hpp"

#include <algorithm>
#include <utility>

#include "core/assert.hpp"

namespace lastunit::core {

TimerWheel::TimerWheel() { heads_.fill(kNone); }

void TimerWheel::schedule(std::uint32_t timer, SimTime end, std::uint64_t id) {
    if (timer >= timers_.size()) timers_.resize(timer + 1);
    LASTUNIT_ASSERT(timers_[timer].slot == kNoSlot && bias(end) >= present_, "timer runs already, or ends in the past");
    timers_[timer].end = end;
    timers_[timer].id = id;
    link(timer);
}

void TimerWheel::cancel(std::uint32_t timer) {
    Timer& gone = timers_[timer];
    LASTUNIT_ASSERT(gone.slot != kNoSlot, "timer is not running");
    if (gone.next != kNone) timers_[gone.next].previous = gone.previous;
    if (gone.previous != kNone) {
        timers_[gone.previous].next = gone.next;
    } else {
        heads_[gone.slot] = gone.next;
        if (gone.next == kNone) {
            const unsigned level = gone.slot / kSlots;
            occupied_[level] &= ~(std::uint64_t{1} << (gone.slot % kSlots));
            if (occupied_[level] == 0) levels_ &= ~(1U << level);
        }
    }
    gone.slot = kNoSlot;
}

void TimerWheel::take_due(SimTime now, std::vector<std::uint32_t>& due) {
    due.clear();
    const std::uint64_t target = bias(now);
    while (levels_ != 0) {
        const std::uint64_t start = start_of_next();
        if (start > target) break;
        const bool exact = (levels_ & 1U) != 0;
        std::uint32_t timer = detach_next_slot();
        // Everything that waits ends at or after `start`, so the present may move there without moving another timer.
        present_ = start;
        while (timer != kNone) {
            const std::uint32_t next = timers_[timer].next;
            timers_[timer].slot = kNoSlot;
            if (exact) {
                due.push_back(timer);
            } else {
                link(timer);
            }
            timer = next;
        }
        if (!exact) continue;
        std::sort(due.begin(), due.end(), [this](std::uint32_t a, std::uint32_t b) { return timers_[a].id < timers_[b].id; });
        return;
    }
    present_ = std::max(present_, target);
}

std::uint32_t TimerWheel::detach_next_slot() {
    const unsigned level = static_cast<unsigned>(std::countr_zero(levels_));
    const unsigned digit = static_cast<unsigned>(std::countr_zero(occupied_[level]));
    occupied_[level] &= occupied_[level] - 1;
    if (occupied_[level] == 0) levels_ &= ~(1U << level);
    return std::exchange(heads_[level * kSlots + digit], kNone);
}

void TimerWheel::link(std::uint32_t timer) {
    Timer& added = timers_[timer];
    const std::uint64_t end = bias(added.end);
    const unsigned level = (63U - static_cast<unsigned>(std::countl_zero((end ^ present_) | 1U))) / kBits;
    const unsigned digit = static_cast<unsigned>(end >> (kBits * level)) % kSlots;
    added.slot = static_cast<std::uint16_t>(level * kSlots + digit);
    added.previous = kNone;
    added.next = heads_[added.slot];
    if (added.next != kNone) timers_[added.next].previous = timer;
    heads_[added.slot] = timer;
    occupied_[level] |= std::uint64_t{1} << digit;
    levels_ |= 1U << level;
}

}  // namespace lastunit::core
