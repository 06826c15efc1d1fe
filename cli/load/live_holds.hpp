// Which holds may still live at the back end: while one does, time may not be skipped, since it would live for longer than its
// share of the scenario.
#pragma once

#include <cstdint>
#include <queue>
#include <unordered_set>
#include <utility>
#include <vector>

#include "core/command.hpp"

namespace lastunit::cli {

class LiveHolds {
   public:
    // `until`: the end of its time to live, where the command is a hold or an extension.
    void sent(const core::Command& command, SimTime until);
    bool any(SimTime now);

   private:
    void forget_ended(SimTime now);
    using End = std::pair<std::int64_t, std::uint64_t>;  // when, hold
    std::priority_queue<End, std::vector<End>, std::greater<>> ends_;
    std::unordered_set<std::uint64_t> live_;
};

}  // namespace lastunit::cli
