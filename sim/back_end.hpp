// A live inventory system in the place of the simulated core's answers: the same shoppers, views and edges, on the clock of the
// wall.
//
// With a back end (RunOptions::back_end) the run is no simulation of the core any more: what shoppers ask of the core is asked
// there, and what it answers is what happens. The simulator's own ledger becomes a copy of what the back end has answered, from
// which routing is planned and channels' views are fed; truth, views, edges, payments and people go on as ever, as fast as the
// clock says. Who implements this sends commands, waits and reads the clock: no clock is read in here.
#pragma once

#include <cstdint>
#include <vector>

#include "core/command.hpp"
#include "model/faults.hpp"

namespace lastunit::sim {

class BackEnd {
   public:
    struct Answer {
        enum class Settled : std::uint8_t {
            applied,
            refused,
            unreachable,  // nobody looked at it, however often it was sent: without effect
            unknown,      // also after asking again under the key
        };
        std::uint64_t tag = 0;
        Settled settled = Settled::unknown;
        core::Outcome outcome{};  // of an answer that was refused: why
    };
    enum class Moment : std::uint8_t { begins, ends };

    virtual ~BackEnd() = default;
    // Sends without waiting. The command carries no key (the sender gives it one) and times of the scenario: whoever sends it
    // converts a hold's time to live. `intended`: when the scenario wants it sent, on its own clock. The lines live only during
    // the call.
    virtual void ask(std::uint64_t tag, const core::Command& command, SimTime intended) = 0;  // wait() hands the answer out, once
    virtual void tell(const core::Command& command, SimTime intended) = 0;                    // nobody waits for the answer
    // Returns when it is `at` (on the scenario's clock) or later, or as soon as an answer has come; answers are appended. The
    // time that it is: never less than what was returned before. kNever: an answer, or a tenth of a second at most.
    virtual SimTime wait(SimTime at, std::vector<Answer>& answers) = 0;
    // So much of the scenario passes in the least time that is worth waiting for; more than 0.
    virtual Duration least_wait() const = 0;
    // A fault of the scenario that hits the core: host_crash, partition, slow_host and their like, for whoever can do that to it.
    virtual void fault(const model::Fault& fault, Moment moment) = 0;
};

}  // namespace lastunit::sim
