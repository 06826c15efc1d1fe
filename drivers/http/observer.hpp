// Whoever wants to see what goes over the wire: a trace, a race's time axis. Called by the engine's thread.
#pragma once

#include <string>

#include "drivers/http/actor.hpp"
#include "drivers/http/answer.hpp"
#include "drivers/http/plan.hpp"

namespace lastunit::drivers::http {

struct StepResult {
    Answer answer = Answer::unknown;
    Response::Problem problem = Response::Problem::none;
    unsigned status = 0;
    std::string why;  // one line: the rule that decided, or what was the matter
    std::int64_t sent_ns = 0, answered_ns = 0;
    enum class Way : std::uint8_t {
        asked,
        skipped,    // its `when` does not hold: nothing was sent, and it is accepted
        exhausted,  // a poll that was given up: nobody has had a last word
    } way = Way::asked;
};

class Observer {
   public:
    virtual ~Observer() = default;
    virtual void requested(const Actor&, const StepPlan&, const Url&, const std::string& /*bytes*/) {}
    virtual void responded(const Actor&, const StepPlan&, const Response&) {}
    // `value`: none where nothing was found; `note` then says what is there instead.
    virtual void extracted(const Actor&, const StepPlan&, const ExtractPlan&, const std::string* /*value*/,
                           const std::string& /*note*/) {}
    // Of each try, the last one at the end; of a step that was skipped alone.
    virtual void answered(const Actor&, const StepPlan&, const StepResult&) {}
};

}  // namespace lastunit::drivers::http
