// Channels in which people serve people (call centre, chat): a shopper waits in line for an agent, in the order of the calls,
// then talks; whoever is patient for less hangs up, and who finds every line taken is not even in the queue.
//
// The talk is the shopper's browsing: what is decided is decided when it ends. An agent belongs to one desk and to one shopper at
// a time. Who hangs up, or finds it engaged, was told nothing about stock: no unit is refused, hidden or lost by it.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/backing.hpp"
#include "sim/pool.hpp"
#include "sim/probe.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

class Desks {
   public:
    explicit Desks(World& world);

    bool at(ChannelId channel) const { return world_.scenario.channels[channel.value].desk.has_value(); }

    // A shopper calls, prepared to wait for `patience` and to talk for `talk`. The answer goes, at once or later, to
    // Shoppers::talked or Shoppers::not_served.
    void call(ChannelId channel, std::uint32_t shopper, Duration patience, Duration talk);
    void turn(std::uint32_t call);  // its patience is over, or its talk

   private:
    struct Call {
        enum class State : std::uint8_t { waiting, talking, over };
        std::uint32_t shopper = 0;
        std::uint32_t previous = kNone, next = kNone;  // in the line
        SimTime arrived, talk_ends;
        Duration talk;
        std::uint8_t events = 0;  // still pending: the slot lives as long
        State state{};
        ChannelId channel;
    };
    struct Line {
        std::uint32_t free_agents = 0;
        std::uint32_t waiting = 0;
        std::uint32_t first = kNone, last = kNone;
    };

    void begin_talk(std::uint32_t call);
    void next_in_line(ChannelId channel);
    void queue_up(std::uint32_t call);
    void leave_line(std::uint32_t call);
    void expect(std::uint32_t call, SimTime at);
    void answered(const Call& call, AtDesk how);

    World& world_;
    std::vector<Line> lines_;  // [channel]
    Pool<Call> calls_;
};

}  // namespace lastunit::sim
