// A shopper's way through some of its steps, one after the other.
#pragma once

#include <functional>
#include <memory>

#include "drivers/http/runner.hpp"

namespace lastunit::drivers::http {

struct WayResult {
    Answer answer = Answer::accepted;  // of the step that ended it; accepted: all of them were
    std::size_t step = 0;              // that was done last
    std::size_t lines = 0;             // of the basket, for which that step had been accepted before it was not
    StepResult last;
};

struct WayOptions {
    std::size_t from = 0, to = 0;  // of `steps`; `to` is not done
    // Asked before each step; the step begins when `go` is called. Absent: at once.
    std::function<void(std::size_t step, std::function<void()> go)> gate;
    // Whether shoppers wait before a step as its `think` says: a scenario's shoppers think by themselves.
    enum class Think : std::uint8_t { no, yes } think = Think::no;
};

// Ends with the first answer that is not `accepted`. `steps` has to live until then.
void run_steps(Runner& runner, const Steps& steps, const std::shared_ptr<Actor>& actor, WayOptions options,
               std::function<void(const WayResult&)> done);

}  // namespace lastunit::drivers::http
