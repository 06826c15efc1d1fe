// A back end that applies everything at once and keeps nothing: what is left is the generator's own cost.
#pragma once

#include <vector>

#include "drivers/driver.hpp"

namespace lastunit::drivers {

class InstantDriver : public Driver {
   public:
    std::string target() const override { return "instant"; }
    bool supports(core::CommandKind) const override { return true; }
    void prepare(const InitialStock&) override {}
    std::unique_ptr<Session> open() override { return std::make_unique<Instant>(); }
    Completion resolve(const Operation& operation, Duration) override {
        return {.tag = operation.tag, .settled = Settled::applied, .at_ns = steady_now_ns()};
    }
    FinalState read_back() override { return {}; }

   private:
    class Instant : public Session {
       public:
        void submit(std::span<const Operation> operations) override {
            const std::int64_t at_ns = steady_now_ns();
            for (const Operation& operation : operations)
                done_.push_back({.tag = operation.tag, .settled = Settled::applied, .at_ns = at_ns});
        }
        std::size_t poll(std::vector<Completion>& out, Duration) override {
            const std::size_t count = done_.size();
            out.insert(out.end(), done_.begin(), done_.end());
            done_.clear();
            return count;
        }
        std::size_t in_flight() const override { return done_.size(); }

       private:
        std::vector<Completion> done_;
    };
};

}  // namespace lastunit::drivers
