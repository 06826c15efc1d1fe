// The last changes, numbered from 1 over the engine's life, for any number of readers who each keep their own place. Readers
// share the one ring: whoever falls behind by more than it holds has lost its place and is told so.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <span>
#include <vector>

#include "core/ledger.hpp"

namespace lastunit::drivers {

class ChangeFeed {
   public:
    // A change is 48 bytes: 12 MB by default.
    explicit ChangeFeed(std::size_t capacity = std::size_t{1} << 18) : ring_(capacity) {}

    void start_after(std::uint64_t number);  // before the first publish
    void publish(std::span<const core::Event> events);
    std::uint64_t last() const;  // number of the newest

    enum class Place : std::uint8_t { kept, lost };
    // Appends at most `most` changes after number `after`.
    Place read(std::uint64_t after, std::size_t most, std::vector<core::Event>& out) const;

    // `wake` is called after every publish until it is removed; it must be quick and take no part in the feed.
    using Token = std::uint64_t;
    Token on_publish(std::function<void()> wake);
    void wake_all();           // as if something had been published
    void remove(Token token);  // does not return while that wake runs

   private:
    mutable std::mutex mutex_;
    std::vector<core::Event> ring_;
    std::uint64_t first_ = 0;  // the number before the oldest that is kept
    std::uint64_t last_ = 0;
    std::mutex wakers_mutex_;
    std::map<Token, std::function<void()>> wakers_;
    Token next_token_ = 0;
};

}  // namespace lastunit::drivers
