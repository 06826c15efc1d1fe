// The simulator's port to a live back end (sim/back_end.hpp), on the wall clock, over the generator below it (drivers/load).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "cli/load/live_clock.hpp"
#include "cli/load/live_holds.hpp"
#include "drivers/load/dispatcher.hpp"
#include "sim/back_end.hpp"

namespace lastunit::cli {

struct LiveBackEndOptions {
    double speed = 60;
    SimTime horizon{};  // of the scenario: no shopper arrives later
    // Nothing is sent before this instant of the steady clock, which is then the scenario's time 0; absent: as soon as the run
    // begins.
    std::optional<std::int64_t> start_ns = {};
    // Gaps in which nothing can happen are skipped. Generators that share a load keep to the clock until the horizon.
    enum class Gaps : std::uint8_t { skipped, waited_for } gaps = Gaps::skipped;
    std::function<bool()> stop = {};         // asked while waiting: true ends the waiting
    std::function<void(SimTime)> tick = {};  // at least ten times a second, with the scenario's time
    std::function<void(const model::Fault&, sim::BackEnd::Moment)> fault = {};
    std::function<bool()> broken = {};  // by a fault, or not yet mended
};

// What is skipped: time in which nothing is in flight, no hold lives and no fault is on, when the next event is more than a
// second of the clock away; after the horizon, when shoppers have come and what is left is picking and parcels, any time in which
// nobody waits for an answer. A hold then lives for longer than its share of the scenario: what it keeps is missing to
// stragglers.
class LiveBackEnd : public sim::BackEnd {
   public:
    LiveBackEnd(drivers::Dispatcher& dispatcher, LiveBackEndOptions options);

    void ask(std::uint64_t tag, const core::Command& command, SimTime intended) override;
    void tell(const core::Command& command, SimTime intended) override;
    SimTime wait(SimTime at, std::vector<Answer>& answers) override;
    Duration least_wait() const override;
    void fault(const model::Fault& fault, Moment moment) override;

    Duration skipped() const { return clock_ ? clock_->skipped() : Duration{0}; }

   private:
    void begin();
    core::Command on_the_clock(const core::Command& command, SimTime intended);
    bool collect(Duration at_most, std::vector<Answer>& answers);
    bool rest(std::int64_t ns, std::vector<Answer>& answers);
    bool may_skip(SimTime now, SimTime at);
    SimTime risen(SimTime now);

    drivers::Dispatcher& dispatcher_;
    LiveBackEndOptions options_;
    std::optional<LiveClock> clock_;  // from the first wait on
    LiveHolds holds_;
    std::size_t unanswered_ = 0;  // of ask()
    SimTime last_{};
    std::int64_t ticked_ns_ = 0;
    std::vector<drivers::DispatchAnswer> answered_;
};

}  // namespace lastunit::cli
