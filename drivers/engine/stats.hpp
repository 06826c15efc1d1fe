// What an engine counts while it runs. Written by the engine's own threads, read by any: each number is right for itself.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

#include "core/command.hpp"

namespace lastunit::drivers {

inline constexpr unsigned kOutcomes = static_cast<unsigned>(core::Outcome::over_limit) + 1;

// A number with one writer.
class Counter {
   public:
    void add(std::uint64_t n) { value_.store(value_.load(std::memory_order_relaxed) + n, std::memory_order_relaxed); }
    void set(std::uint64_t n) { value_.store(n, std::memory_order_relaxed); }
    std::uint64_t get() const { return value_.load(std::memory_order_relaxed); }

   private:
    std::atomic<std::uint64_t> value_{0};
};

struct LatencyHistogram {
    // Upper bounds in microseconds; the last bucket has none.
    static constexpr std::array<std::int64_t, 14> kBounds_us{50,     100,    200,    500,     1'000,   2'000,   5'000,
                                                             10'000, 20'000, 50'000, 100'000, 200'000, 500'000, 1'000'000};
    std::array<Counter, kBounds_us.size() + 1> buckets;
    Counter sum_us;

    void add(std::int64_t us, std::uint64_t n) {
        std::size_t at = 0;
        while (at < kBounds_us.size() && us > kBounds_us[at]) ++at;
        buckets[at].add(n);
        sum_us.add(static_cast<std::uint64_t>(us) * n);
    }
};

struct Stats {
    std::array<std::array<Counter, kOutcomes>, core::kCommandKinds> commands;  // by kind and outcome, repeats of a key included
    Counter late;                                                              // deadline passed before they were begun
    Counter unavailable;                                                       // refused because nothing could be written
    std::atomic<std::uint64_t> overloaded{0};                                  // refused because the queue was full
    std::atomic<std::uint64_t> queued{0};                                      // commands waiting now
    LatencyHistogram commit;                                                   // of a command: from submit until it was durable
    LatencyHistogram sync;                                                     // of a group: write and fdatasync
    Counter groups;
    Counter journal_bytes;
    Counter durable;            // sequence number
    Counter changes;            // events
    Counter snapshot_sequence;  // of the newest snapshot
    Counter snapshot_us;        // when it was durable, since 1970
    Counter snapshot_failures;
    Counter snapshot_pause_us;  // that the last one held commands up
    Counter live_holds;
    Counter open_orders;
};

}  // namespace lastunit::drivers
