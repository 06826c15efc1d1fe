// Which holds may still live at the back end: while one does, time may not be skipped, since it would live for longer than its
// share of the scenario.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <unordered_map>
#include <utility>

#include "core/command.hpp"

namespace lastunit::cli {

// What has ended is forgotten: memory is bounded by the holds that live at one time.
class LiveHolds {
   public:
    // `at`: from which the time to live of a hold or an extension counts.
    void sent(const core::Command& command, SimTime at);
    bool any(SimTime now);
    std::size_t known() const { return end_of_.size(); }

   private:
    void lives_until(std::uint64_t hold, SimTime end);
    void forget(std::uint64_t hold);
    void forget_ended(SimTime now);

    std::set<std::pair<SimTime, std::uint64_t>> ends_;  // when, hold
    std::unordered_map<std::uint64_t, SimTime> end_of_;
};

}  // namespace lastunit::cli
