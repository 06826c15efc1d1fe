// One step under way: its request with redirects, tries and polls, what the answer means, what is taken from it.
#pragma once

#include <memory>

#include "drivers/http/request_text.hpp"
#include "drivers/http/runner.hpp"

namespace lastunit::drivers::http {

// Alive as long as something is under way for it.
class Call : public std::enable_shared_from_this<Call> {
   public:
    Call(Runner& runner, const StepPlan& step, std::shared_ptr<Actor> actor, StepFor about, Runner::Done done)
        : runner_(runner), step_(step), actor_(std::move(actor)), about_(about), done_(std::move(done)) {}

    void begin();

   private:
    Observer& observer() { return runner_.observer(); }

    void ask();
    void skip();
    void send();
    void receive(Response&& response);
    bool follows(Response& response);
    void settle(Response&& response);
    void classify(const Asked& asked, StepResult& result);
    bool asks_again(const Response& response, StepResult& result);
    bool polls(StepResult& result);
    Duration wait_before_retry(const Response& response) const;
    void ask_after(Duration wait, const StepResult& result);
    void extract(const Asked& asked, StepResult& result);
    void finish(const StepResult& result, const Asked& asked);

    Runner& runner_;
    const StepPlan& step_;
    const std::shared_ptr<Actor> actor_;
    const StepFor about_;
    Runner::Done done_;
    RequestText request_;
    unsigned redirects_ = 0;
    std::uint32_t tries_ = 0, polls_ = 0;
    std::int64_t first_sent_ns_ = 0;
    std::int64_t polled_since_ns_ = 0;
    StepResult::Before before_ = StepResult::Before::all_answered;
    enum class Fits : std::uint8_t { no, yes } fits_ = Fits::no;  // some rule, the last answer
};

}  // namespace lastunit::drivers::http
