// Whoever wants to see what goes over the wire: a trace, a race's time axis. Called by the engine's thread.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "drivers/http/actor.hpp"
#include "drivers/http/answer.hpp"
#include "drivers/http/plan.hpp"

namespace lastunit::drivers::http {

struct StepResult {
    Answer answer = Answer::unknown;
    Response::Problem problem = Response::Problem::none;
    unsigned status = 0;
    std::string why;                            // one line: the rule that decided, or what was the matter
    std::int64_t sent_ns = 0, answered_ns = 0;  // of this try, its redirects included
    enum class Way : std::uint8_t {
        asked,
        skipped,    // its `when` does not hold: nothing was sent, and it is accepted
        exhausted,  // a poll that was given up: nobody has had a last word
    } way = Way::asked;
    // Whether an earlier try of it, that was not a poll, may have taken effect without anybody having been told.
    enum class Before : std::uint8_t { all_answered, unanswered } before = Before::all_answered;
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
    // A step with a `list` is over; or one for each row of such a list is.
    virtual void listed(const StepPlan&, const std::vector<Slots>& /*rows*/) {}
    virtual void each_done(const StepPlan&, std::size_t /*rows*/) {}
};

// Several of them, one after the other. Not owned.
class Observers : public Observer {
   public:
    explicit Observers(std::vector<Observer*> all) : all_(std::move(all)) {}

    void requested(const Actor& actor, const StepPlan& step, const Url& url, const std::string& bytes) override {
        for (Observer* one : all_) one->requested(actor, step, url, bytes);
    }
    void responded(const Actor& actor, const StepPlan& step, const Response& response) override {
        for (Observer* one : all_) one->responded(actor, step, response);
    }
    void extracted(const Actor& actor, const StepPlan& step, const ExtractPlan& what, const std::string* value,
                   const std::string& note) override {
        for (Observer* one : all_) one->extracted(actor, step, what, value, note);
    }
    void answered(const Actor& actor, const StepPlan& step, const StepResult& result) override {
        for (Observer* one : all_) one->answered(actor, step, result);
    }
    void listed(const StepPlan& step, const std::vector<Slots>& rows) override {
        for (Observer* one : all_) one->listed(step, rows);
    }
    void each_done(const StepPlan& step, std::size_t rows) override {
        for (Observer* one : all_) one->each_done(step, rows);
    }

   private:
    std::vector<Observer*> all_;
};

}  // namespace lastunit::drivers::http
