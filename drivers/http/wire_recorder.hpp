// The wire as a report remembers it: requests of the shoppers that are followed, with their times.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "drivers/http/observer.hpp"

namespace lastunit::drivers::http {

// One request of a shopper, as it was on the wire.
struct WireEvent {
    std::string step;
    unsigned device = 1;
    std::int64_t sent_us = 0, answered_us = 0;  // since the first request of a shopper; below 0: not answered
    unsigned status = 0;                        // 0: no answer
    Answer answer = Answer::unknown;
    std::string why, request, response;  // bodies up to a bound, secrets masked
};

class WireRecorder : public Observer {
   public:
    explicit WireRecorder(const Plan& plan) : secrets_(plan.secrets) {}

    // Whose requests an actor's are. Others (the hooks) are not kept.
    void follow(const Actor& actor, std::vector<WireEvent>* events, unsigned device) { followed_[&actor] = {events, device}; }
    void forget(const Actor& actor) { followed_.erase(&actor); }

    void requested(const Actor& actor, const StepPlan& step, const Url& url, const std::string& bytes) override;
    void responded(const Actor& actor, const StepPlan& step, const Response& response) override;
    void answered(const Actor& actor, const StepPlan& step, const StepResult& result) override;

    std::int64_t first_ns() const { return first_ns_; }
    std::int64_t last_ns() const { return last_ns_; }

   private:
    struct Followed {
        std::vector<WireEvent>* events = nullptr;
        unsigned device = 1;
    };
    WireEvent* open_event(const Actor& actor, const StepPlan& step);
    std::string shown(const std::string& text) const;

    std::vector<std::string> secrets_;
    std::unordered_map<const Actor*, Followed> followed_;
    std::int64_t first_ns_ = 0, last_ns_ = 0;
};

}  // namespace lastunit::drivers::http
