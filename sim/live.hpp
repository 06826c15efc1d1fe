// The part of a live run that is not simulated: what is asked of the back end (sim/back_end.hpp), and what its answers do here.
//
// The core's ledger (sim/core_system.hpp) is then a copy of what the back end has answered: routing plans on it and the edges
// carry its changes to the channels' views. What takes units is copied when it is answered, so that shoppers who want the same
// unit meet at the back end and not here; what gives units back, or has happened anyway (a till, a picker), is copied at once and
// told. Where the copy cannot follow, because a flawed back end gave what was not there, the shortage is explicit in the copy and
// counted.
//
// Modes of reservation that the simulator plays at the core are the back end's own now: a channel that decides on the core holds
// or allocates there, and how that is done is the back end's mode. Channels that decide on a view, reserve nothing, or hold from
// the cart on do as ever. A host or link of the core's is not simulated for them either. A back end knows nothing of an order
// that stands on the hold of the same shopper's other device: such lines are allocated beyond what is there.
//
// It ends when the last shopper has left and the last sale has reached the core: parcels, returns and counts after that are
// simulated.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/back_end.hpp"
#include "sim/pool.hpp"
#include "sim/simulation.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

class Live {
   public:
    Live(World& world, BackEnd& back_end, Share share);

    // The design as its channels ask a back end: see above.
    static void let_back_end_reserve(model::Design& design);
    static bool back_end_reserves(const model::ChannelDesign& channel);

    // Whether this generator plays the shopper; others of a sharded run play the others.
    bool plays(std::uint64_t shopper) const { return shopper % share_.of == share_.number; }
    HoldId hold_id(std::uint64_t number) const { return HoldId((std::uint64_t{share_.number} << 48U) | number); }

    // The shopper waits: Shoppers::told has the answer.
    void ask(std::uint32_t shopper, const core::Command& command);
    // The order's lines are allocated in the copy; the answer to this question says whether they are there too: Orders::allocated
    // or not_allocated. What stays unknown counts as allocated.
    std::uint32_t allocate(std::uint32_t order, const core::Command& command);
    // Deliveries, transfers and counts are the shop's and no shopper's: of generators that share a run the first alone tells
    // them.
    void tell(const core::Command& command);
    void fault(const model::Fault& fault, BackEnd::Moment moment) { back_end_.fault(fault, moment); }

    // Sleeps until it is `at`, or something was answered; what was becomes an event of its own. The time that it is.
    SimTime wait(SimTime at);
    Duration least_wait() const { return back_end_.least_wait(); }
    void answered(std::uint32_t question);  // EventKind::answer
    std::uint32_t waiting() const { return questions_.live(); }

    // Where the copy could not do what the back end did, and where the back end refused what the copy could.
    void beyond_record() { ++beyond_record_; }
    void refused_with_record() { ++refused_with_record_; }
    std::uint64_t times_beyond_record() const { return beyond_record_; }
    std::uint64_t times_refused_with_record() const { return refused_with_record_; }

   private:
    struct Question {
        enum class Of : std::uint8_t { shopper, order };
        Of of{};
        std::uint32_t subject = 0;
        BackEnd::Answer answer;
    };
    std::uint32_t take(Question::Of of, std::uint32_t subject);

    World& world_;
    BackEnd& back_end_;
    Share share_;
    Pool<Question> questions_;
    std::vector<BackEnd::Answer> answers_;
    std::uint64_t beyond_record_ = 0, refused_with_record_ = 0;
};

}  // namespace lastunit::sim
