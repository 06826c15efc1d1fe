// A race step by step: how many shoppers came to a step and got past it, what the shop answered there, and how long that took.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "drivers/http/race/race.hpp"

namespace lastunit::drivers::http {

struct RaceStep {
    std::string name;
    std::int64_t shoppers = 0;                     // who sent it at least once
    std::int64_t passed = 0;                       // of those, with at least one answer that accepted it
    std::int64_t requests = 0;                     // more than shoppers where a step is repeated, or done from two devices
    std::array<std::int64_t, kAnswers> answers{};  // by Answer; they sum to requests
    std::map<std::pair<unsigned, Answer>, std::int64_t> statuses;  // 0: no answer; they sum to requests
    std::vector<std::int64_t> latencies_us;                        // of the requests that were answered, ascending

    // The latency that a fraction q of them does not exceed (nearest rank); 0 where none was answered.
    std::int64_t latency_us(double q) const;
};

// The flow's purchase up to its promise, then those cancel steps and webhooks that were sent, in the flow's order.
std::vector<RaceStep> steps_of(const Plan& plan, const RaceRun& run);

}  // namespace lastunit::drivers::http
