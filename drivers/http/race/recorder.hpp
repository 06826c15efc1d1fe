// The wire as a race remembers it: each shopper's requests with their times.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "drivers/http/observer.hpp"
#include "drivers/http/race/race.hpp"

namespace lastunit::drivers::http {

class RaceRecorder : public Observer {
   public:
    explicit RaceRecorder(const Plan& plan) : secrets_(plan.secrets) {}

    // Whose requests an actor's are. Others (the hooks) are not kept.
    void follow(const Actor& actor, std::vector<RaceEvent>* events, unsigned device) { followed_[&actor] = {events, device}; }

    void requested(const Actor& actor, const StepPlan& step, const Url& url, const std::string& bytes) override;
    void responded(const Actor& actor, const StepPlan& step, const Response& response) override;
    void answered(const Actor& actor, const StepPlan& step, const StepResult& result) override;

    std::int64_t first_ns() const { return first_ns_; }
    std::int64_t last_ns() const { return last_ns_; }

   private:
    struct Followed {
        std::vector<RaceEvent>* events = nullptr;
        unsigned device = 1;
    };
    RaceEvent* open_event(const Actor& actor, const StepPlan& step);
    std::string shown(const std::string& text) const;

    std::vector<std::string> secrets_;
    std::map<const Actor*, Followed> followed_;
    std::int64_t first_ns_ = 0, last_ns_ = 0;
};

}  // namespace lastunit::drivers::http
