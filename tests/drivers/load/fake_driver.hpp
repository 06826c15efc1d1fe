// A back end in memory that does as it is told: answers at once, later, not at all, refuses, is cut off. Without threads: what is
// due is found when it is polled.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <deque>
#include <functional>
#include <thread>
#include <vector>

#include "core/ledger.hpp"
#include "drivers/inproc/ledger_driver.hpp"

namespace lastunit::drivers::tests {

class FakeDriver : public Driver {
   public:
    struct Received {
        core::Command command;
        std::vector<core::Line> lines;
        std::int64_t at_ns = 0;
    };
    struct Reaction {
        enum class Kind : std::uint8_t { apply, refuse_unseen, lose_answer, lose_request } kind = Kind::apply;
        Cause cause = Cause::overloaded;  // of refuse_unseen
    };

    // What becomes of an attempt, by its number (from 0): whatever it is told from then on.
    std::function<Reaction(std::uint64_t, const Operation&)> react = [](std::uint64_t, const Operation&) { return Reaction{}; };
    // While it lasts nothing is worked on: what comes then is answered at its end.
    std::int64_t stalled_from_ns = 0, stalled_until_ns = 0;
    bool holds_answers = false;       // nothing is answered until it is false again
    bool submit_throws = false;       // as long as it is true
    std::uint64_t dead_sessions = 0;  // so many of those that were opened first are dead for good
    std::atomic<bool> refuses_to_open{false};
    std::vector<Received> received;  // everything that came
    std::atomic<std::uint64_t> opened{0};

    std::string target() const override { return "fake"; }
    bool supports(core::CommandKind) const override { return true; }
    void prepare(const InitialStock& stock) override { ledger_.emplace(ledger_with(stock, hours(1), SimTime{0})); }
    std::unique_ptr<Session> open() override {
        if (refuses_to_open) throw DriverError("nobody there");
        return std::make_unique<FakeSession>(*this, opened++);
    }
    Completion resolve(const Operation& operation, Duration) override { return {.tag = operation.tag}; }
    FinalState read_back() override { return state_of(*ledger_); }

   private:
    class FakeSession : public Session {
       public:
        FakeSession(FakeDriver& driver, std::uint64_t number) : driver_(driver), number_(number) {}
        void submit(std::span<const Operation> operations) override {
            if (driver_.submit_throws || number_ < driver_.dead_sessions) throw DriverError("the connection is gone");
            for (const Operation& operation : operations) due_.push_back(driver_.take(operation));
        }
        std::size_t poll(std::vector<Completion>& out, Duration at_most) override {
            const std::int64_t end_ns = steady_now_ns() + at_most.us * 1000;
            for (;;) {
                const std::int64_t now_ns = steady_now_ns();
                std::size_t count = 0;
                for (auto it = due_.begin(); it != due_.end();) {
                    if (driver_.holds_answers || it->at_ns > now_ns) {
                        ++it;
                        continue;
                    }
                    out.push_back(*it);
                    it = due_.erase(it);
                    ++count;
                }
                if (count != 0 || now_ns >= end_ns) return count;
                std::this_thread::sleep_for(std::chrono::microseconds(50));
            }
        }
        std::size_t in_flight() const override { return due_.size(); }

       private:
        FakeDriver& driver_;
        std::uint64_t number_;
        std::deque<Completion> due_;
    };

    Completion take(const Operation& operation) {
        const std::int64_t now_ns = steady_now_ns();
        const std::uint64_t number = received.size();
        received.push_back({operation.command, {operation.command.lines.begin(), operation.command.lines.end()}, now_ns});
        const Reaction reaction = react(number, operation);
        const std::int64_t at_ns = now_ns >= stalled_from_ns && now_ns < stalled_until_ns ? stalled_until_ns : now_ns;
        if (reaction.kind == Reaction::Kind::refuse_unseen)
            return {.tag = operation.tag, .settled = Settled::refused, .cause = reaction.cause, .at_ns = at_ns};
        core::Outcome outcome{};
        if (reaction.kind != Reaction::Kind::lose_request) {
            core::Events events;
            outcome = core::apply(*ledger_, ledger_->now(), operation.command, events);
        }
        if (reaction.kind != Reaction::Kind::apply)
            return {.tag = operation.tag, .settled = Settled::unknown, .cause = Cause::no_answer, .at_ns = at_ns};
        return completion_of(operation.tag, outcome, ledger_->answered_at(), at_ns);
    }

    std::optional<core::Ledger> ledger_;
};

}  // namespace lastunit::drivers::tests
